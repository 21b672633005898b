#!/usr/bin/env python3
"""A reference consumer of the ledger in Python 3, standard library only.

It uses nothing but what is published: it was written from the README of the conformance kit.

    consumer.py kit FOLDER          replay the conformance kit in FOLDER
    consumer.py replay FOLDER KIT   replay a downloaded api/v1 in FOLDER, with the kit's table of areas

Prints one JSON object; exit code 0 when everything is as it should be, 1 when something is not.
"""

import hashlib
import json
import sys
from pathlib import Path


class Refused(Exception):
    """A document that must not be applied."""


def canonical(value):
    """RFC 8785 of JSON whose keys are ASCII and whose numbers are integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(data):
    if isinstance(data, str):
        data = data.encode("utf-8")
    return hashlib.sha256(data).hexdigest()


def state_hash(state):
    """`state` maps a uid to its party's canonical text."""
    lines = hashlib.sha256()
    for uid in sorted(state):
        lines.update(f"{uid} {digest_of(state[uid])}\n".encode("ascii"))
    return "sha256:" + lines.hexdigest()


DIGESTS = {}


def digest_of(text):
    """Most parties stay as they are for years: each text is hashed once."""
    found = DIGESTS.get(text)
    if found is None:
        found = DIGESTS[text] = sha256(text)
    return found


def ends(document):
    if "state" in document:
        return document["state"]["from"], document["state"]["to"]
    return document["from"]["state"], document["to"]["state"]


def apply(state, document, areas):
    """The state after a record or a catch-up file."""
    if not str(document.get("formatVersion", "")).startswith("1."):
        raise Refused("unknown major version")
    start, end = ends(document)
    if start is None:
        raise Refused("a baseline has no changes")
    if state_hash(state) != start["hash"]:
        raise Refused("it does not follow this state")
    following = dict(state)
    edits = {}
    for change in document["changes"]:
        uid = change["uid"]
        if change["op"] == "add":
            if uid in following:
                raise Refused(f"{uid} is there before it is added")
            following[uid] = canonical(change["after"])
        elif change["op"] == "remove":
            if following.get(uid) != canonical(change["before"]):
                raise Refused(f"{uid} is not what is removed")
            del following[uid]
        else:
            edits[uid] = (change["beforeHash"], change["afterHash"], list(change["fields"]))
    for entry in document["unknown"]:
        uid = entry["uid"]
        if uid not in edits:
            edits[uid] = (entry["beforeHash"], entry["afterHash"], [])
        edits[uid][2].append(entry)
    for uid, (before, after, fields) in edits.items():
        text = following.get(uid)
        if text is None or "sha256:" + digest_of(text) != before:
            raise Refused(f"{uid} is not as it was")
        changed = canonical(apply_fields(json.loads(text), fields, areas))
        if "sha256:" + digest_of(changed) != after:
            raise Refused(f"{uid} does not become what it should")
        following[uid] = changed
    if state_hash(following) != end["hash"] or len(following) != end["parties"]:
        raise Refused("it leads to another state")
    return following


def apply_fields(party, fields, areas):
    for field in fields:
        member, shape = areas[field["area"]]
        values = party.pop(member, None)
        values = [] if values is None else values if shape == "set" else [values]
        if "before" in field:
            wanted = canonical(field["before"])
            at = next((i for i, value in enumerate(values) if canonical(value) == wanted), None)
            if at is None:
                raise Refused(f"no such value in {field['area']}")
            del values[at]
        if "after" in field:
            values.append(field["after"])
        if values:
            # A scalar that is being replaced holds no value, or one, once its change is done.
            party[member] = values if shape == "set" else values[0]
    for field in fields:
        member, shape = areas[field["area"]]
        if shape == "set" and member in party:
            party[member].sort(key=order)
    return party


def order(value):
    """By uid, those without one last; then by canonical text in UTF-16 code units."""
    uid = value.get("uid") if isinstance(value, dict) else None
    return (uid is None, uid or 0, canonical(value).encode("utf-16-be"))


def read_json(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def read_state(path):
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return {json.loads(line)["uid"]: line for line in lines if line}


def areas_of(kit):
    return {entry["area"]: (entry["property"], entry["shape"]) for entry in kit["areas"]}


def expect(condition, what):
    if not condition:
        raise SystemExit(f"not as it should be: {what}")


def replay_kit(folder):
    folder = Path(folder)
    kit = read_json(folder / "kit.json")
    areas = areas_of(kit)
    states, accepted, refused = {}, [], []
    state, previous = None, None
    for step in kit["records"]:
        data = (folder / step["file"]).read_bytes()
        expect("sha256:" + sha256(data) == step["hash"], f"{step['id']}: bytes")
        record = json.loads(data)
        expect(data.decode("utf-8") == canonical(record) + "\n", f"{step['id']}: canonical form")
        expect(record["previous"] == previous, f"{step['id']}: chain")
        published = read_state(folder / step["stateFile"])
        state = published if state is None else apply(state, record, areas)
        expect(state_hash(state) == step["state"]["hash"], f"{step['id']}: state hash")
        expect(state == published, f"{step['id']}: state")
        for uid, digest in step["digests"].items():
            expect(digest_of(state[int(uid)]) == digest, f"{step['id']}: digest of {uid}")
        states[step["id"]] = state
        previous = {"id": step["id"], "hash": step["hash"]}
        accepted.append(step["id"])
    for step in kit["catchUps"]:
        reached = apply(states[step["from"]], read_json(folder / step["path"]), areas)
        expect(reached == states[step["to"]], step["path"])
        accepted.append(step["path"])
    for step in kit["refused"]:
        try:
            apply(states[step["on"]], read_json(folder / step["path"]), areas)
        except Refused:
            refused.append(step["path"])
        else:
            expect(False, f"{step['path']} must be refused: {step['reason']}")
    return {"accepted": accepted, "refused": refused}


def replay_api(folder, kit):
    folder = Path(folder)
    areas = areas_of(read_json(Path(kit) / "kit.json"))
    found = {}
    for segment in read_json(folder / "sync.json")["segments"]:
        records, following = [], segment["head"]
        while following is not None:
            data = (folder / "records" / f"{following['id']}.json").read_bytes()
            expect("sha256:" + sha256(data) == following["hash"], f"{following['id']}: bytes")
            record = json.loads(data)
            records.append(record)
            following = record["previous"]
        records.reverse()
        baseline = records[0]
        state = read_state(folder / "states" / f"{baseline['id']}.ndjson")
        expect(state_hash(state) == baseline["state"]["to"]["hash"], f"{baseline['id']}: state hash")
        for record in records[1:]:
            state = apply(state, record, areas)
        found[f"{segment['list']}/{segment['segment']}"] = {"records": len(records), "state": state_hash(state)}
    return found


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "kit":
        result = replay_kit(arguments[1])
    elif len(arguments) == 3 and arguments[0] == "replay":
        result = replay_api(arguments[1], arguments[2])
    else:
        raise SystemExit(__doc__)
    print(json.dumps(result, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
