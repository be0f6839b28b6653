import { inflateRawSync } from 'node:zlib';

const ENTRY = 0x02014b50;

/** Returns the text of a file in a zip archive. */
export function unzipped(archive: Buffer, name: string): string {
  for (let at = archive.indexOf('PK\x01\x02', 0, 'latin1'); archive.readUInt32LE(at) === ENTRY;) {
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + 46, at + 46 + nameLength) === name) return contentOf(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name} in the archive`);
}

function contentOf(archive: Buffer, entry: number): string {
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const content = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  return (archive.readUInt16LE(entry + 10) === 0 ? content : inflateRawSync(content)).toString('utf8');
}
