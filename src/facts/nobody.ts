import { NOBODY_PHRASES, NOBODY_VALUES, NOBODY_WORDS } from "./nobody-words.ts";
import { wordsIn } from "./spelling.ts";

const WORDS = new Set(NOBODY_WORDS.flatMap(wordsIn));
const PHRASES = new Set(NOBODY_PHRASES.map((phrase) => wordsIn(phrase).join(" ")));
const VALUES = new Set(NOBODY_VALUES);

/** Whether a value stands for nobody: what software leaves behind where an id is missing, in whatever spelling. */
export function isPlaceholder(value: string): boolean {
  if (ORDINARY.test(value)) return isWorn(value);
  const text = value.replace(ENTITY, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  return isUnrendered(text) || isSpreadsheetError(text) || isOfNoPerson(text) || isWorn(text) || isWord(text);
}

/** Most ids: no word has a digit, and no template or message is written in these characters alone. */
const ORDINARY = /^(?!__)[\w.-]*\d[\w.-]*$/;
const ENTITY = /&(?:quot|apos|nbsp|lt|gt|amp|#0?39|#34|#160);/gi;

/** Holes of template languages that contain anything: {{ }}, ${ }, <% %>, {% %}, [[ ]], $( ), @{ }, #{ }, %{ }, {! }, *| |*. */
const HOLE =
  /\{\{|[$@]\{|<%|\{%.*%\}|\[\[.*\]\]|\$\(.*\)|#\{.*\}|%\{.*\}|\{!.*\}|\*\|.*\|\*|%%[\w .-]+%%|@@\w+@@|%\(\w+\)[sd]/s;
/** A whole value that is the name of a variable: {id}, :id, %ID%, $id, [id], <id>, __ID__, %s, $1. */
const VARIABLE =
  /^(?:\{[a-z_][a-z_. -]*\d?\}|\{\d\}|:[a-z_]\w*|%[a-z_]\w*%|%[sdif]|\$[a-z_][\w.]*|\$\d|\[[a-z_][\w .-]*\]|<\/?[a-z][\w .-]*\/?>|__[A-Z][A-Z0-9_]*__)$/i;

function isUnrendered(text: string): boolean {
  return HOLE.test(text) || VARIABLE.test(text) || (/%[0-9a-f]{2}/i.test(text) && HOLE.test(decoded(text)));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** #REF!, #NAME?, #WERT!, #N/A, #NV: errors of cells, in the languages of spreadsheets. */
const CELL_ERROR =
  /^#(?:[\p{L}\p{N}¡/_ ]+[!?]|[\p{L}]{1,2}(?:\/[\p{L}]{1,2})?|[\p{L}_]+#|GETTING_DATA|CONNECT|FIELD|BLOCKED|BUSY)$/iu;

function isSpreadsheetError(text: string): boolean {
  return CELL_ERROR.test(text);
}

/** JSON of a list or an object, a program's own names of things, a message where a value should be. */
const CODE =
  /^\[object .*\]$|^(?:async )?function\b.*\(|=>|^symbol\(|^\w*(?:error|exception):|\((?:nil|null|none|undefined)\)$|^[\w.$]+\.[\w$]+@[0-9a-f]{5,8}$|^<.* object at 0x|^%!\w\(|^nil:nilclass$|^null::\w|^system\.[a-z.]+$/is;
/** Not a number, as C and spreadsheets of old write it, and no database's null. */
const NO_NUMBER = /^(?:[+-]?1?\.?#?(?:ind|qnan|snan|inf)\w*|\\n|nat|<na>|pd\.na)$/i;

function isOfNoPerson(text: string): boolean {
  return CODE.test(text) || NO_NUMBER.test(text) || isStructure(text);
}

function isStructure(text: string): boolean {
  if (!/^[[{].*[\]}]$/s.test(text)) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

const ZERO = /^[+-]?[0.,-]*0[0.,-]*(?:e[+-]?\d+)?$/i;
const MINUS_ONE = /^-(?:1+|9+)(?:\.0+)?$/;
const ASCII = /^[\x20-\x7e]*$/;
const UPWARDS = "01234567890123456789";
const DOWNWARDS = "98765432109876543210";
/** From so many digits on, a number that only counts is a hand on a keyboard. */
const COUNTING = 9;
/** A letter three times, a digit seven times: fewer may be somebody's number. So many at most: a longer text was made. */
const REPEATED = /^(?:(\p{L})\1{2,63}|(\p{N})\2{6,63})$/u;
/** How documentation writes a UUID. */
const PATTERN = /^x[xy4]{2,}$/;
const UUID_LENGTH = 32;

/** Zeros, minus ones, one character again and again, counting: what fills a field that must be filled. */
function isWorn(text: string): boolean {
  if (ZERO.test(text) || MINUS_ONE.test(text)) return true;
  const bare = text.toLowerCase().replace(ASCII.test(text) ? /[^a-z\d]+/g : /[^\p{L}\p{N}]+/gu, "");
  if (REPEATED.test(bare) || VALUES.has(bare) || /^0+$/.test(bare)) return true;
  if (PATTERN.test(bare) && bare.length <= UUID_LENGTH) return true;
  return bare.length >= COUNTING && (UPWARDS.includes(bare) || DOWNWARDS.includes(bare));
}

function isWord(text: string): boolean {
  const words = wordsIn(text);
  if (words.length > MOST_WORDS) return false;
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 && telling.every((word) => WORDS.has(word))) || PHRASES.has(words.join(" "));
}

const MOST_WORDS = 4;
/** Words that say nothing of their own: "guest account", "unknown user id". */
const FILLERS = new Set(["id", "account", "konto", "compte", "cuenta", "conta", "value", "name"]);
