"""schemathesis asks the server whatever its description allows, and more."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tasks import BIRDS

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"


def test_no_request_that_the_description_allows_breaks_the_server(birds_file: Path, serve: Any) -> None:
    with serve(birds_file) as url:
        command = [
            Path(sys.executable).with_name("schemathesis"), "run", f"{url}/openapi.json", "--checks", CHECKS,
            "--max-examples", "60", "--seed", "1", "--workers", "1", "--request-timeout", "60",
        ]  # fmt: skip
        ran = subprocess.run(command, capture_output=True, text=True, timeout=900)
        assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
        assert re.search(r"\b(\d+) generated, \1 passed", ran.stdout), ran.stdout[-3000:]


def test_a_token_is_asked_for(tmp_path: Path, serve: Any) -> None:
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS)
    token = "0123456789abcdef0123456789abcdef"
    with serve(spec, FULLMARKS_TOKEN=token) as url:
        command = [
            Path(sys.executable).with_name("schemathesis"), "run", f"{url}/openapi.json", "--checks", CHECKS + ",ignored_auth",
            "--max-examples", "10", "--seed", "1", "--header", f"Authorization: Bearer {token}", "--request-timeout", "60",
        ]  # fmt: skip
        ran = subprocess.run(command, capture_output=True, text=True, timeout=900)
        assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
