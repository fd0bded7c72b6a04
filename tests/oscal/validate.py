"""Validates folders that `tickmark export oscal` wrote, by compliance-trestle's models of OSCAL and by what those leave open.

    python validate.py FOLDER...

Trestle reads each document into its own model, runs all its validators, and writes it out again: what it writes must say the
same. Its models come from NIST's schemas and leave out the closed lists of words and the rules between parts of a document
(NIST's metaschemas) and between documents. Those are checked here, from the documents alone.
"""

import argparse
import json
import pathlib
import re
import sys

from trestle.common.const import VAL_MODE_ALL
from trestle.core.validator_factory import validator_factory
from trestle.oscal import OSCAL_VERSION
from trestle.oscal.catalog import Catalog
from trestle.oscal.component import ComponentDefinition
from trestle.oscal.mapping import MappingCollection

MODELS = {"catalog": Catalog, "component-definition": ComponentDefinition, "mapping-collection": MappingCollection}
WORDS = {
    "method": {"human", "automation", "hybrid"},
    "matching-rationale": {"syntactic", "semantic", "functional"},
    "status": {"complete", "not-complete", "draft", "deprecated", "superseded"},
    "relationship": {"equivalent-to", "equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"},
    "implementation-status": {"implemented", "partial", "planned", "alternative", "not-applicable"},
}
INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00)")


class Folder:
    """The documents of one folder and what is wrong with them."""

    def __init__(self, root):
        self.root = root
        self.faults = []
        self.documents = {}
        for path in sorted(root.rglob("*.json")):
            self.documents[path.resolve()] = json.loads(path.read_text(encoding="utf-8"))
        self.catalogs = {path: controls(doc["catalog"]) for path, doc in self.documents.items() if "catalog" in doc}

    def fault(self, path, what):
        self.faults.append(f"{path.relative_to(self.root.resolve())}: {what}")

    def check(self):
        if not self.catalogs:
            self.faults.append(f"{self.root}: no catalogue")
        for path, document in self.documents.items():
            wrappers = [key for key in document if key != "$schema"]
            if len(wrappers) != 1 or wrappers[0] not in MODELS:
                self.fault(path, f"is under {wrappers}, not one OSCAL model")
                continue
            wrapper = wrappers[0]
            self.by_trestle(path, document, MODELS[wrapper])
            body = document[wrapper]
            self.metadata(path, body["metadata"])
            self.unique(path, body)
            {"catalog": self.catalog, "component-definition": self.component, "mapping-collection": self.mapping}[wrapper](path, body)

    def by_trestle(self, path, document, model):
        try:
            read = model.oscal_read(path)
        except Exception as error:  # whatever trestle says, it is the finding
            self.fault(path, f"trestle does not read it: {error}")
            return
        validator = validator_factory.get(argparse.Namespace(mode=VAL_MODE_ALL))
        if not validator.model_is_valid(read, True):
            self.fault(path, f"trestle's validators refuse it: {validator.error_msg()}")
        if instants(json.loads(read.oscal_serialize_json())) != instants(document):
            self.fault(path, "trestle writes it otherwise than it read it")

    def metadata(self, path, metadata):
        if metadata["oscal-version"] != OSCAL_VERSION:
            self.fault(path, f"is OSCAL {metadata['oscal-version']}, and trestle knows {OSCAL_VERSION}")
        roles = {role["id"] for role in metadata["roles"]}
        parties = {party["uuid"] for party in metadata["parties"]}
        for responsible in found(self.documents[path], "role-id"):
            if responsible["role-id"] not in roles:
                self.fault(path, f"the role {responsible['role-id']} is not declared")
            for uuid in responsible["party-uuids"]:
                if uuid not in parties:
                    self.fault(path, f"the party {uuid} is not declared")

    def unique(self, path, body):
        for key in ("uuid", "id"):
            # Roles have ids of their own.
            values = [thing[key] for thing in found({**body, "metadata": {"parties": body["metadata"]["parties"]}}, key)]
            if len(values) != len(set(values)):
                self.fault(path, f"two things share one {key}")

    def word(self, path, name, value):
        if value not in WORDS[name]:
            self.fault(path, f"`{value}` is no {name} of OSCAL")

    def catalog(self, path, body):
        ids = {thing["id"] for thing in found(body, "id")}
        for control in self.catalogs[path]:
            props = {prop["name"]: prop["value"] for prop in control["props"] if "ns" not in prop}
            if set(props) - {"label", "status"} or "label" not in props:
                self.fault(path, f"{control['id']} has the properties {sorted(props)}")
            # NIST: catalog-control-require-statement-when-not-withdrawn.
            if props.get("status") != "withdrawn" and not any(part["name"] == "statement" for part in control.get("parts", [])):
                self.fault(path, f"{control['id']} has no statement")
            for link in control.get("links", []):
                if link["href"].removeprefix("#") not in ids:
                    self.fault(path, f"{control['id']} links to {link['href']}, which is not there")

    def target(self, path, href):
        """The ids of the controls of the catalogue that a document refers to."""
        catalog = (path.parent / href).resolve()
        if catalog not in self.catalogs:
            self.fault(path, f"refers to {href}, which is no catalogue of the folder")
            return set()
        return {control["id"] for control in self.catalogs[catalog]}

    def component(self, path, body):
        for implementation in found(body, "implemented-requirements"):
            ids = self.target(path, implementation["source"])
            for requirement in implementation["implemented-requirements"]:
                if requirement["control-id"] not in ids:
                    self.fault(path, f"speaks of {requirement['control-id']}, which {implementation['source']} does not have")
                props = {prop["name"]: prop["value"] for prop in requirement["props"]}
                self.word(path, "implementation-status", props["implementation-status"])
                if props.get("design") == "drafted" and props["implementation-status"] != "planned":
                    self.fault(path, f"calls the draft {props['control']} {props['implementation-status']}")

    def mapping(self, path, body):
        for key in ("method", "matching-rationale", "status"):
            self.word(path, key, body["provenance"][key])
        for mapping in body["mappings"]:
            self.word(path, "method", mapping["method"])
            for side, items in (("source-resource", "sources"), ("target-resource", "targets")):
                ids = self.target(path, mapping[side]["href"])
                for pair in mapping["maps"]:
                    self.word(path, "relationship", pair["relationship"])
                    for item in pair[items]:
                        if item["type"] != "control" or item["id-ref"] not in ids:
                            self.fault(path, f"maps {item['id-ref']}, which {mapping[side]['href']} does not have")


def found(value, key):
    """Every object below a value that has a key."""
    if isinstance(value, dict):
        if key in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from found(inner, key)


def controls(catalog):
    """Every control of a catalogue, those below others too."""
    return [control for holder in found(catalog, "controls") for control in holder["controls"]]


def instants(value):
    """A document with its instants in one spelling."""
    if isinstance(value, dict):
        return {key: instants(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [instants(inner) for inner in value]
    return INSTANT.sub(r"\1Z", value) if isinstance(value, str) else value


def main(folders):
    faults = []
    for name in folders:
        folder = Folder(pathlib.Path(name))
        folder.check()
        faults.extend(folder.faults)
        counts = [(key, sum(key in document for document in folder.documents.values())) for key in MODELS]
        print(f"{name}: " + ", ".join(f"{count} {key}" for key, count in counts))
    return "\n".join(faults) or (0 if folders else "name the folders to validate")


sys.exit(main(sys.argv[1:]))
