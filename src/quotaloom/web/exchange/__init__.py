"""Living plans that go out as workbooks and come back."""
