"""Writes what Python's ipaddress module makes of some thousands of texts to test/parsers/address-vectors.json.

The tests of the parsers compare with the committed file and need no Python. Run it again only to add spellings:

    python3 scripts/address-vectors.py > test/parsers/address-vectors.json

The seed is fixed: the same Python gives the same file. `addresses` has [text, canonical form or null]; `networks` has
[text, canonical form or null, the same where bits after the prefix are cut off].
"""

import ipaddress
import json
import platform
import random

RANDOM = random.Random(5952)
PIECES = ["", "0", "00", "1", "f", "F", "g", "x", ".", "..", ":", "::", "/", "//", "%", "%1", "-", "+", "_", " ", "1e1", "256", "ffff:", "\n", "٣"]


def address_value(bits):
    """Addresses with many zero groups, because their canonical form is the hardest."""
    if bits == 128 and RANDOM.random() < 0.05:
        return 0xFFFF << 32 | RANDOM.getrandbits(32)
    value = 0
    unit = 8 if bits == 32 else 16
    for _ in range(bits // unit):
        group = RANDOM.choice([0, 0, 1, (1 << unit) - 1, RANDOM.getrandbits(unit)])
        value = value << unit | group
    return value


def spelled(value, bits):
    """One of the ways in which people write an address."""
    if bits == 32:
        return str(ipaddress.IPv4Address(value))
    address = ipaddress.IPv6Address(value)
    groups = address.exploded.split(":")
    short = [format(int(group, 16), "x") for group in groups]
    dotted = str(ipaddress.IPv4Address(value & 0xFFFFFFFF))
    zero = next((index for index in range(8) if short[index] == "0"), None)
    ways = [str(address), str(address).upper(), ":".join(groups), ":".join(short), ":".join(short[:6]) + ":" + dotted]
    if zero is not None:
        ways.append(":".join(short[:zero]) + "::" + ":".join(short[zero + 1 :]))
    return RANDOM.choice(ways)


def mutated(text):
    """The text with a piece put in, and perhaps a piece taken out."""
    at = RANDOM.randrange(len(text) + 1)
    return text[:at] + RANDOM.choice(PIECES) + text[at + RANDOM.randrange(3) :]


def network_text(bits):
    prefix = RANDOM.randrange(bits + 1)
    value = address_value(bits)
    if RANDOM.random() < 0.6:
        value = value >> (bits - prefix) << (bits - prefix)
    zone = RANDOM.choice(["%eth0", "%1"]) if bits == 128 and RANDOM.random() < 0.03 else ""
    return f"{spelled(value, bits)}{zone}/{RANDOM.choice(['', '', '', '', '', '0'])}{prefix}"


def read(reader, text):
    try:
        return str(reader(text))
    except ValueError:
        return None


def distinct(make, count):
    texts = {}
    while len(texts) < count:
        texts[make()] = True
    return list(texts)


def family():
    return RANDOM.choice([32, 128])


def sometimes_mutated(text):
    return mutated(text) if RANDOM.random() < 0.35 else text


def address_text():
    bits = family()
    return sometimes_mutated(spelled(address_value(bits), bits))


addresses = distinct(address_text, 1500)
networks = distinct(lambda: sometimes_mutated(network_text(family())), 2500)
networks += ["::ffff:10.0.0.0/104", "::FFFF:192.0.2.0/120", "::ffff:192.0.2.7/120", "::ffff:10.0.0.0/64"]
networks += [f"10.0.0.0/{netmask}" for netmask in ["255.0.0.0", "0.255.255.255", "255.255.255.255"]]

lines = {
    "addresses": [[text, read(ipaddress.ip_address, text)] for text in addresses],
    "networks": [
        [text, read(ipaddress.ip_network, text), read(lambda it: ipaddress.ip_network(it, strict=False), text)]
        for text in networks
    ],
}
print("{")
print(f'  "python": "{platform.python_version()}",')
for index, (name, vectors) in enumerate(lines.items()):
    print(f'  "{name}": [')
    print(",\n".join(f"    {json.dumps(vector)}" for vector in vectors))
    print("  ]" + ("," if index == 0 else ""))
print("}")
