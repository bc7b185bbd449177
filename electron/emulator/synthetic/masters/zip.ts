/** A zip archive of one file, as the broker serves its master files. @source PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16 */
import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Version 2.0, no flags, deflate, and 1980-01-01 00:00 as the time: the same file makes the same archive. */
const VERSION = 20;
const DEFLATE = 8;
const DATE = 0x0021;

/** The archive of one file; its name is ASCII. */
export function zipped(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const title = Buffer.from(name, 'ascii');
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(0, 2);
  facts.writeUInt16LE(DEFLATE, 4);
  facts.writeUInt16LE(0, 6);
  facts.writeUInt16LE(DATE, 8);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(title.length, 22);

  const local = Buffer.alloc(4);
  local.writeUInt32LE(LOCAL);
  const central = Buffer.alloc(6);
  central.writeUInt32LE(CENTRAL);
  central.writeUInt16LE(VERSION, 4);
  // Comment, disk, attributes and the place of the local head are all 0.
  const rest = Buffer.alloc(14);
  const head = Buffer.concat([local, facts, title]);
  const directory = Buffer.concat([central, facts, rest, title]);

  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(head.length + packed.length, 16);
  return Buffer.concat([head, packed, directory, end]);
}
