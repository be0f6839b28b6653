import { readFileSync, statSync } from 'node:fs';
import { refusal, shown } from '../model/refusal';
import { systemReason } from './system-reason';

const MEGABYTE = 2 ** 20;
/** A plan of 100,000 rules has half of it. */
const MOST_MEGABYTES = 128;

/** Parses a file of JSON; refuses what is none, and what is too large to be one stack. */
export function readJsonFile(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw refusal(file, 'a file must be whole JSON', whatIsNoJson(text));
  }
}

function readText(file: string): string {
  let megabytes: number;
  try {
    megabytes = statSync(file).size / MEGABYTE;
    if (megabytes <= MOST_MEGABYTES) return readFileSync(file, 'utf8');
  } catch (error) {
    throw refusal(file, 'a file must be one that can be read', systemReason(error));
  }
  const fix = 'the cdk.tf.json of one stack';
  throw refusal(file, `a file must have at most ${MOST_MEGABYTES} MB`, `${Math.round(megabytes)} MB`, fix);
}

function whatIsNoJson(text: string): string {
  if (text.trim() === '') return 'an empty file';
  if (/^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) {
    return `a file that ends within its text: ${shown(text.slice(-20))}`;
  }
  return `text that begins with ${shown(text.slice(0, 20))}`;
}
