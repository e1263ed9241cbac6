"""Lets the torch of PyPI run without CUDA.

Its wheel is linked against a dozen of NVIDIA's libraries, gigabytes that a test on the processor never calls. This puts small
stand-ins beside torch's own: every function answers 100, `cudaErrorNoDevice`, so that torch finds no device and leaves it at that, and
those that put an answer into words have words for it.
"""

import re
import subprocess
import sysconfig
import tempfile
from pathlib import Path

FOREIGN = re.compile(r"lib(cu|nv|nccl)")
IN_WORDS = re.compile(r"(Error|Result|Status)(String|Name)$")
UNVERSIONED = re.compile(r"(cu|nccl|nv)[A-Za-z]")


def read(library: Path) -> tuple[set[str], set[tuple[str, str]], dict[str, str]]:
    """The libraries a library needs, the foreign functions it calls with their versions, and whose version that is."""
    command = ["readelf", "--wide", "--dynamic", "--version-info", "--dyn-syms", str(library)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    needed = {name for name in re.findall(r"\(NEEDED\).*\[(.+?)\]", text) if FOREIGN.match(name)}
    owner, file = {}, ""
    for line in text.splitlines():
        if found := re.search(r"File: (\S+)", line):
            file = found[1]
        elif found := re.search(r"Name: (\S+)\s+Flags", line):
            owner[found[1]] = file
    calls = re.findall(r" UND ([A-Za-z_]\w*)(?:@(\S+))?", text)
    return needed, set(calls), owner


def definition(function: str) -> str:
    if IN_WORDS.search(function):
        return f'const char *{function}(void) {{ return "no device"; }}\n'
    return f"int {function}(void) {{ return 100; }}\n"


def stand_in(folder: Path, name: str, calls: dict[str, set[str]]) -> None:
    """Compiles a library of that name with these functions, by version."""
    with tempfile.TemporaryDirectory() as work:
        source, script = Path(work, "stand_in.c"), Path(work, "versions")
        functions = sorted(set().union(*calls.values()))
        source.write_text("".join(map(definition, functions)))
        versions = [f"{version} {{ global: {'; '.join(sorted(names))}; }};" for version, names in calls.items() if version]
        script.write_text("\n".join(versions))
        flags = [f"-Wl,--version-script={script}"] if versions else []
        subprocess.run(
            ["cc", "-w", "-shared", "-fPIC", f"-Wl,-soname,{name}", *flags, "-o", str(folder / name), str(source)], check=True
        )


def main() -> None:
    folder = Path(sysconfig.get_path("platlib"), "torch", "lib")
    needed, wanted, loose = set(), {}, set()
    for library in sorted(folder.glob("*.so*")):
        libraries, calls, owner = read(library)
        needed |= libraries
        for function, version in calls:
            if version and FOREIGN.match(owner.get(version, "")):
                wanted.setdefault(owner[version], {}).setdefault(version, set()).add(function)
            elif not version and UNVERSIONED.match(function):
                loose.add(function)
    needed = {name for name in needed if not (folder / name).exists()}
    for name in sorted(needed):
        # Whose a function without a version is, nobody says: all libraries without versions get it.
        stand_in(folder, name, wanted.get(name, {"": loose}))
    print(f"{len(needed)} stand-ins in {folder}")


if __name__ == "__main__":
    main()
