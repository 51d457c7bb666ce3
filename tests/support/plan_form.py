"""The form of a new plan as somebody works at it: drop files, answer, send."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.web.jobs.models import Job
from quotaloom.web.plans.models import Draft, Plan
from quotaloom.web.plans.store import decomposition_of
from tests.support.site import PASSWORD

PART = {"HX-Request": "true"}


class Desk:
    """A client with one draft at a time; files are given as texts by name."""

    def __init__(self, client):
        self.client = client
        self.draft = None

    def drop(self, files):
        answer = self.client.post(reverse("plan_new"), {"file": _uploads(files)})
        assert answer.status_code == 302, answer.content.decode()
        self.draft = Draft.objects.first()
        assert answer.url == self.address("plan_form")

    def add(self, files):
        told = {"file": _uploads(files)}
        return self.client.post(self.address("plan_files"), told, headers=PART)

    def change(self, name, *, role="", **keys):
        file = self.file(name)
        named = {f"{key}-{file.pk}": value for key, value in keys.items()}
        told = {f"role-{file.pk}": role or file.role, **named}
        return self.client.post(self.address("plan_file", file.pk), told, headers=PART)

    def remove(self, name):
        address = self.address("plan_file_remove", self.file(name).pk)
        return self.client.post(address, headers=PART)

    def page(self):
        return self.client.get(self.address("plan_form"))

    def look(self, **typed):
        return self.client.post(self.address("plan_look"), typed, headers=PART)

    def send(self, **changes):
        """Send the form as the page shows it, with some answers changed."""
        form = self.page().context["form"]
        shown = {name: form[name].value() for name in form.fields} | changes
        typed = {name: value for name, value in shown.items() if value not in (None, "", [])}
        return self.client.post(self.address("plan_form"), typed)

    def made(self, **changes):
        """The plan that comes of sending it."""
        answer = self.send(**changes)
        assert answer.status_code == 302, answer.context["form"].errors
        job = Job.objects.first()
        assert job.state == "done", job.findings
        return Plan.objects.get(pk=job.result["plan"])

    def rows(self, plan):
        told = {"path": json.dumps([]), "deep": 12}
        return self.client.get(reverse("plan_rows", args=[plan.pk]), told).json()["rows"]

    def tops(self, plan):
        return {row["n"] for row in self.rows(plan) if len(row["p"]) == 1}

    def parameters(self, plan):
        return decomposition_of(plan).parameters

    def file(self, name):
        return self.draft.files.get(upload__name=name)

    def files(self):
        return list(self.draft.files.all())

    def address(self, verb, *more):
        return reverse(verb, args=[self.draft.pk, *more])


def signed_in_for_a_plan(desk):
    """A browser's page as 运营 has it who signs in by hand and asks for a new plan."""
    page = desk.page("", "/account/login/")
    page.fill("input[name=login]", "ops")
    page.fill("input[name=password]", PASSWORD.format("ops"))
    page.keyboard.press("Enter")
    page.locator("a", has_text="从文件新建方案").first.click()
    return page


def _uploads(files):
    return [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]
