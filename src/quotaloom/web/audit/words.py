"""What an action of the audit is called; one that nobody named shows its code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "account.sign_in": _("signed in"),
    "account.sign_out": _("signed out"),
    "account.sign_in_failed": _("typed a wrong password"),
    "account.code_failed": _("typed a wrong code"),
    "account.locked_out": _("was locked out after wrong tries"),
    "account.password_chosen": _("chose a password by one-time link"),
    "account.password_changed": _("changed the password"),
    "account.factor_added": _("switched a second factor on"),
    "account.factor_removed": _("switched a second factor off"),
    "account.factors_taken": _("took the second factors of an account away"),
    "account.factor_renewed": _("made new recovery codes"),
    "account.sso_unknown": _("came from elsewhere without an account here"),
    "account.sso_linked": _("was tied to an account elsewhere"),
    "account.sso_failed": _("failed to sign in elsewhere"),
    "account.create": _("made an account"),
    "account.change": _("changed an account"),
    "account.deactivate": _("deactivated an account"),
    "account.activate": _("activated an account"),
    "account.link": _("made a one-time password link"),
    "role.create": _("made a role"),
    "role.change": _("changed a role"),
    "role.restore": _("restored a role"),
    "grant.give": _("gave a role"),
    "grant.end": _("ended a role"),
    "view_as.begin": _("began to see as somebody else"),
    "view_as.end": _("stopped seeing as somebody else"),
    "audit.export": _("downloaded the audit"),
    "token.create": _("made a token for programs"),
    "token.revoke": _("revoked a token"),
    "setup.admins": _("set the administrators up"),
    "company.change": _("changed the company's settings"),
    "plan.create": _("made a plan"),
    "plan.begin": _("began to edit a plan"),
    "plan.edit": _("edited a plan"),
    "plan.undo": _("took an edit of a plan back"),
    "plan.redo": _("did an edit of a plan again"),
    "upload.keep": _("uploaded a file"),
    "user.demo": _("made an account of the demo"),
    "org.load": _("loaded the demo's organisation"),
    "sample.put_in": _("put the demo company in"),
    "sample.clear": _("cleared the demo company"),
    "plan.delete": _("deleted a plan"),
    "list.bring": _("uploaded a list of members"),
    "list.write": _("imported a list of members"),
    "list.undo": _("took an imported list back"),
    "tree.create": _("made another roll-up"),
    "member.open": _("opened a member"),
    "member.close": _("closed a member"),
    "member.move": _("moved a member"),
    "member.rename": _("renamed a member"),
    "member.split": _("split a member"),
    "member.merge": _("merged members"),
    "member.occupy": _("put somebody on a seat"),
    "member.leave": _("took somebody off a seat"),
    "job.start": _("started a job"),
    "job.cancel": _("cancelled a job"),
}


def action_word(action: str) -> str:
    """The word of an action."""
    return str(ACTIONS.get(action, action))
