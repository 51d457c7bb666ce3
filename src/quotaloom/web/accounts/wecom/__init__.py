"""企业微信 (WeCom) as a house to sign in through: it speaks OAuth 2 with words of its own."""
