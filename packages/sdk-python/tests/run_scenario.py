"""Plays the scenario that both client libraries must pass, against a running server. Reads {"steps": […], "operator": {…}}; prints a line a step."""

from __future__ import annotations

import base64
import json
import re
import sys
import threading
import time
import traceback
from typing import Any, Dict, List, Optional
from urllib.request import Request, urlopen

import predictu_operator as sdk

Json = Any


def snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"_{found.group(0).lower()}", name)


#: Settings that are milliseconds in the scenario and seconds here.
SECONDS = {"timeoutMs": "timeout", "longestWaitMs": "longest_wait"}


def named(settings: Dict[str, Json]) -> Dict[str, Json]:
    return {SECONDS.get(name, snake(name)): value / 1000 if name in SECONDS else value for name, value in settings.items()}


def part_of(actual: Any, key: str) -> Any:
    if isinstance(actual, dict):
        return actual.get(key)
    return getattr(actual, snake(key), None)


def match(actual: Any, expected: Json, at: str) -> None:
    """Every field expected is there and equal; `$like`, `$between` look instead."""
    if isinstance(expected, list):
        assert isinstance(actual, list) and len(actual) == len(expected), f"{at}: expected {len(expected)} entries, received {actual!r}"
        for index, each in enumerate(expected):
            match(actual[index], each, f"{at}[{index}]")
    elif not isinstance(expected, dict):
        assert actual == expected, f"{at}: expected {expected!r}, received {actual!r}"
    elif "$like" in expected:
        assert re.search(expected["$like"], str(actual)), f"{at}: {actual!r} is not like {expected['$like']}"
    elif "$between" in expected:
        least, most = expected["$between"]
        assert least <= actual <= most, f"{at}: {actual!r} is not between {least} and {most}"
    else:
        for key, each in expected.items():
            match(part_of(actual, key), each, f"{at}.{key}")


class Runner:
    def __init__(self, operator: Dict[str, str]) -> None:
        self.known: Dict[str, Json] = dict(operator)
        self.latest: List[Dict[str, Json]] = []
        self.shared = self.client_with({})

    def run(self, step: Dict[str, Json]) -> None:
        self.latest = self.control("callbacks") or self.latest
        self.control("reset")
        self.known["in_two_seconds"] = str(int(time.time()) + 2)
        if "fault" in step:
            self.control("fault", self.filled(step["fault"]))
        if "limit" in step:
            self.control("limit", step["limit"])
        begun = time.monotonic()
        value, response, error = self.seen(step)
        took = (time.monotonic() - begun) * 1000
        if "error" in step:
            self.match_error(error, dict(step["error"]))
        elif error is not None:
            raise error
        if "expect" in step:
            match(value, self.filled(step["expect"]), "answer")
        if "response" in step:
            match(response, step["response"], "response")
        if "took" in step:
            match(took, {"$between": step["took"]}, "milliseconds")
        if "count" in step:
            assert len(value) == step["count"], f"expected {step['count']} entries, received {len(value)}"
        if "distinct" in step:
            assert len({each[step["distinct"]] for each in value}) == step["count"], "entries are repeated"
        if "requests" in step:
            requests = self.control("requests")
            assert len(requests) == step["requests"], f"expected {step['requests']} requests, received {requests}"
        for name, path in step.get("save", {}).items():
            self.known[name] = value[path]

    @staticmethod
    def match_error(error: Optional[Exception], expected: Dict[str, Json]) -> None:
        if expected.pop("misuse", False):
            assert isinstance(error, TypeError), f"expected a TypeError, received {error!r}"
            return
        assert isinstance(error, sdk.PredictuError), f"expected an error, received {error!r}"
        name = expected.pop("class")
        assert type(error).__name__ == name, f"expected {name}, received {error!r}"
        fields = expected.pop("fields", None)
        if fields:
            assert [each["field"] for each in error.fields] == fields
        answer = expected.pop("answer", None)
        if answer:
            assert error.answer["status"] == answer
        message = expected.pop("message", None)
        if message:
            match(str(error), message, "message")
        match(error, expected, "error")

    def seen(self, step: Dict[str, Json]) -> Any:
        try:
            value, response = self.play(step)
            return value, response, None
        except AssertionError:
            raise
        except Exception as error:
            return None, None, error

    def play(self, step: Dict[str, Json]) -> Any:
        client = self.client_with(step["client"]) if "client" in step else self.shared
        args = step.get("args", [])
        if "launch" in step:
            launch = named(step["launch"])
            return self.enter(client.launch_token(launch.pop("player_id"), **launch)), None
        if "verify" in step:
            return self.verified(client, step["verify"]), None
        if "every" in step:
            return list(self.call(client, step["every"], args)), None
        if "stream" in step:
            return self.first_of(client, step), None
        answered = self.call(client, step["call"], args, step.get("options"))
        if "then" in step:
            self.call(client, step["then"], [])
        return answered.body if isinstance(answered, sdk.Page) else answered, sdk.response_of(answered)

    def call(self, client: Any, path: str, args: List[Json], options: Optional[Dict[str, Json]] = None) -> Any:
        method = client
        for name in path.split("."):
            method = getattr(method, snake(name))
        filled = self.filled(args)
        fields = filled.pop() if filled and isinstance(filled[-1], dict) else {}
        words = {"from_" if name == "from" else name: value for name, value in fields.items()}
        if options:
            words["options"] = sdk.RequestOptions(**named(options))
        return method(*filled, **words)

    def first_of(self, client: Any, step: Dict[str, Json]) -> Any:
        meanwhile = step["meanwhile"]
        later = threading.Timer(0.3, lambda: self.call(client, meanwhile["call"], meanwhile["args"]))
        later.start()
        for event in self.call(client, step["stream"], step.get("args", [])):
            later.join()
            return event

    def verified(self, client: Any, change: Dict[str, Json]) -> Any:
        callback = self.latest[0]
        words = (callback["body"] + change.get("append", ""), {**callback["headers"], **change.get("headers", {})})
        if "settings" not in change:
            return client.verify_callback(*words)
        settings = named(self.filled(change["settings"]))
        verifier = sdk.CallbackVerifier(**settings, now=lambda: time.time() + change.get("later", 0))
        if change.get("twice"):
            verifier.verify(*words)
        return verifier.verify(*words)

    def control(self, what: str, body: Json = None) -> Json:
        with urlopen(Request(f"{self.known['base_url']}/control/{what}", data=json.dumps(body).encode(), method="POST")) as answer:
            return json.loads(answer.read())

    def enter(self, token: str) -> Json:
        url = f"{self.known['base_url']}/api/auth/embed-init"
        sent = Request(url, data=json.dumps({"token": token}).encode(), headers={"content-type": "application/json"})
        with urlopen(sent) as answer:
            return json.loads(answer.read())["data"]["user"]

    def client_with(self, changes: Dict[str, Json]) -> sdk.PredictuOperator:
        given = {name: self.known[name] for name in ("api_key", "api_secret", "base_url")}
        return sdk.PredictuOperator(**{**given, **named(self.filled(changes))})

    def filled(self, value: Json) -> Json:
        if isinstance(value, str) and value.startswith("$"):
            return self.known.get(value[1:])
        if isinstance(value, dict) and "$base64" in value:
            return base64.b64decode(value["$base64"])
        if isinstance(value, dict) and "$zeros" in value:
            return bytes(value["$zeros"])
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        return {key: self.filled(each) for key, each in value.items()} if isinstance(value, dict) else value


def main() -> None:
    told = json.load(sys.stdin)
    runner = Runner(told["operator"])
    for step in told["steps"]:
        try:
            runner.run(step)
            print(json.dumps({"name": step["name"], "problem": None}), flush=True)
        except Exception:
            print(json.dumps({"name": step["name"], "problem": traceback.format_exc(limit=-4)}), flush=True)


main()
