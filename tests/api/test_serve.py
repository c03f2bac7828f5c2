"""Starting and stopping the server, and what can be set from outside."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from pydantic import ValidationError

from api import settings as module
from api.serve import guarded, listener
from api.settings import LOOPBACK_NAMES, Settings
from graph.errors import InputError

SERVE = "import sys; from api.serve import serve; from api.settings import Settings; sys.exit(serve(Settings()))"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_asked_to_end(shipped_address: str, how: signal.Signals) -> None:
    env = {**os.environ, "STANDARDS_GRAPH_STORE": shipped_address, "STANDARDS_GRAPH_PORT": "0"}
    with subprocess.Popen([sys.executable, "-c", SERVE], env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        address = next(m[0] for line in server.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        with urllib.request.urlopen(address + "readyz") as ready:
            assert b'"ready"' in ready.read()
        server.send_signal(how)
        rest = server.stderr.read()
        assert server.wait() == 0
    assert "Traceback" not in rest
    assert '"path":"/readyz"' in rest


def test_several_processes_serve(shipped_address: str) -> None:
    env = {**os.environ, "STANDARDS_GRAPH_STORE": shipped_address, "STANDARDS_GRAPH_PORT": "0"}
    env["STANDARDS_GRAPH_WORKERS"] = "2"
    with subprocess.Popen([sys.executable, "-c", SERVE], env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        address = next(m[0] for line in server.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        with urllib.request.urlopen(address + "readyz", timeout=60) as ready:
            assert b'"ready"' in ready.read()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(address + "readyz", headers={"Host": "elsewhere.example"}))
        assert refused.value.code in (400, 421), "each process guards loopback"
        refused.value.close()
        server.send_signal(signal.SIGTERM)
        rest = server.stderr.read()
        assert server.wait() == 0
    assert "Traceback" not in rest


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="Cannot listen on 127") as caught:
            listener("127.0.0.1", taken.getsockname()[1])
    assert caught.value.field == "port"
    with pytest.raises(InputError, match="no address to listen on"):
        listener("not a host", 0)


def test_loopback_is_guarded_unless_names_are_set() -> None:
    assert Settings().host == "127.0.0.1"
    assert guarded(Settings()).hosts == LOOPBACK_NAMES
    assert guarded(Settings(host="0.0.0.0")).hosts == ()
    assert guarded(Settings(hosts=("graph.example.org",))).hosts == ("graph.example.org",)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOST": "::1",
        "HOSTS": "a.example.org, b.example.org",
        "LOG_LEVEL": "debug",
        "PRIVATE": "no",
    }.items():
        monkeypatch.setenv(f"STANDARDS_GRAPH_{name}", value)
    settings = Settings()
    assert settings.hosts == ("a.example.org", "b.example.org")
    assert settings.log_level == "DEBUG"
    assert settings.on_loopback
    assert not settings.shows_private


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "many"), ("PORT", "70000"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml")]
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STANDARDS_GRAPH_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_every_setting_is_documented() -> None:
    assert module.__doc__
    for name, field in Settings.model_fields.items():
        assert f"STANDARDS_GRAPH_{name.upper()} " in module.__doc__
        assert field.description
