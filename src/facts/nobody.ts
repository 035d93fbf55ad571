import {
  BEFORE_IDS,
  DENIALS,
  DENIED,
  MISSING_IDS,
  NOBODY_PHRASES,
  NOBODY_VALUES,
  NOBODY_WORDS,
  NUMBERED,
  PROGRAM_WORDS,
  TELLING,
  TOLD,
} from "./nobody-words.ts";
import { wordsIn } from "./spelling.ts";

const WORDS = setOf([...NOBODY_WORDS, ...PROGRAM_WORDS]);
const denials = setOf(DENIALS);
const denied = setOf(DENIED);
const telling = setOf(TELLING);
const told = setOf(TOLD);
const beforeIds = setOf(BEFORE_IDS);
const missingIds = setOf(MISSING_IDS);
const PHRASES = new Set(NOBODY_PHRASES.map((phrase) => wordsIn(phrase).join(" ")));
const VALUES = new Set(NOBODY_VALUES);

function setOf(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap(wordsIn));
}

/** Whether a value stands for nobody: what software leaves behind where an id is missing, in whatever spelling. */
export function isPlaceholder(value: string): boolean {
  if (BITS.test(value)) return true;
  if (ORDINARY.test(value)) return isWorn(value);
  const text = value.replace(ENTITY, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  return (
    isUnrendered(text) ||
    isSpreadsheetError(text) ||
    isOfNoPerson(text) ||
    isWorn(text) ||
    isWord(text) ||
    isToldOfNobody(text)
  );
}

/** What a form or a log writes before a value, and the value again: "ID: N/A", "user = -", "n/a n/a". */
const TOLD_VALUE = /^(\p{L}[\p{L} _-]{0,15}?) ?[:=] ?(\S.*)$/u;

function isToldOfNobody(text: string): boolean {
  const [, label, value] = TOLD_VALUE.exec(text) ?? [];
  if (label && value && wordsIn(label).every((word) => beforeIds.has(word) || FILLERS.has(word) || WORDS.has(word))) {
    return isPlaceholder(value);
  }
  const [first, ...others] = text.split(/[\s,;]+/);
  return others.length > 0 && others.every((other) => other === first) && isPlaceholder(first!);
}

/** So many digits at most: a longer number tells one account from the others. */
const ACCOUNT = new RegExp(`^(?:${NUMBERED.join("|")})(?:[ _.-]?(?:user|account|id))?[ _.-]?\\d{1,4}$`, "i");

/** Whether a person's value is an account that many use, of which there are several: guest123. A browser's may be its own. */
export function isSharedAccount(value: string): boolean {
  return ACCOUNT.test(value);
}

/** Most ids: no word has a digit, and no template or message is written in these characters alone. */
const ORDINARY = /^(?!__)[\w.-]*\d[\w.-]*$/;
/** The decimal or hexadecimal zero of a program, and the number of which all bits are set. */
const BITS = /^(?:0x(?:0*|f{4,})|(?:\\+[xu]?0+)+)$/i;
const ENTITY = /&(?:quot|apos|nbsp|lt|gt|amp|#0?39|#34|#160);/gi;

/** Holes of template languages that contain anything: {{ }}, ${ }, <% %>, {% %}, [[ ]], $( ), @{ }, #{ }, %{ }, {! }, *| |*, %%= =%%, <xsl:, <? . */
const HOLE =
  /\{\{|[$@]\{|<%|\{%.*%\}|\[\[.*\]\]|\$\(.*\)|#\{.*\}|%\{.*\}|\{!.*\}|\*\|.*\|\*|%%[\w .-]+%%|%%=.*=%%|<[Xx][Ss][Ll]:\w|@@\w+@@|%\(\w+\)[sd]|<\?(?:php\b|PHP\b|=)|\$_[A-Z]+\[/s;
/** A whole value that is the name of a variable: {id}, {id|raw}, {0:N}, {id!r}, :id, %ID%, $id, [id], <id>, __ID__, %s, %1$s, $1, (not set). */
const VARIABLE =
  /^(?:\{[a-z_][a-z_. -]*\d?\}|\{[a-z_][\w.]*[|!:][^{}]*\}|\{\d(?:[:,][^{}]*)?\}|:[a-z_]\w*|%[a-z_]\w*%|%(?:\d\$)?[sdif]|\([a-z][a-z _-]*\)|\$[a-z_][\w.]*|\$\d|\[[a-z_][\w .-]*\]|<\/?[a-z][\w .-]*\/?>|__[A-Z][A-Z0-9_]*__)$/i;

/** What a page reads of its own: this.userId, window.dataLayer.id, @Model.Id. */
const MEMBER =
  /^(?:(?:this|window|document|globalthis|datalayer|req|request)(?:\.[a-z_$][\w$]*)+|@(?:viewbag|viewdata|model|html)\..+)$/i;

function isUnrendered(text: string): boolean {
  return (
    HOLE.test(text) ||
    VARIABLE.test(text) ||
    MEMBER.test(text) ||
    (/%[0-9a-f]{2}/i.test(text) && HOLE.test(decoded(text)))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** #REF!, #NAME?, #WERT!, #N/A, #NV, Err:502: errors of cells, in the languages of spreadsheets; and formulas as texts. */
const CELL_ERROR =
  /^#(?:[\p{L}\p{N}¡¿/_ ]+[!?]|REF|NAME|VALUE|NUM|NULL|DIV\/0|N\/A N\/A|[\p{L}]{1,2}(?:\/[\p{L}]{1,2})?|[\p{L}_]+#|GETTING_DATA|CONNECT|FIELD|BLOCKED|BUSY)$/iu;

const FORMULA = /^=(?:\$?[A-Z]{1,3}\$?\d{1,7}|[A-Z][A-Z.]*\(.*\))$/s;

function isSpreadsheetError(text: string): boolean {
  return CELL_ERROR.test(text) || /^err:\d{3}$/i.test(text) || FORMULA.test(text);
}

/** JSON of a list or an object, a program's own names of things, a message where a value should be. */
const CODE =
  /^\[object .*\]$|^(?:async )?function\b.*\(|=>|^symbol\(|^\w*(?:error|exception):|\((?:nil|null|none|undefined)\)$|^[\w.$]+\.[\w$]+@[0-9a-f]{5,8}$|^<.* object at 0x|^%!\w\(|^nil:nilclass$|^null::\w|^system\.[a-z.]+(?:\[\])?$|^'?<class '/is;
/** Not a number, as C and spreadsheets of old write it, no database's null, and two missing values one after the other. */
const NO_NUMBER = /^(?:(?:undefined|null){2,}|[+-]?1?\.?#?(?:ind|qnan|snan|inf)\w*|\\+n|nat|<na>|pd\.na)$/i;

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

/** The day with which a calendar of programs begins or ends: of Unix, of spreadsheets, of databases, of .NET. */
const EMPTY_DATE =
  /^(?:1970-01-01|1969-12-31|1899-12-3[01]|1900-01-0[01]|0001-01-01|9999-12-31|0?1\/0?[01]\/(?:0001|1900|1970)|(?:30\/12|12\/30)\/1899|(?:31\/12|12\/31)\/(?:1899|1969|9999))(?:[T ][\d:.]+(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** Zeros, minus ones, one character again and again, counting: what fills a field that must be filled. */
function isWorn(text: string): boolean {
  if (ZERO.test(text) || MINUS_ONE.test(text) || EMPTY_DATE.test(text)) return true;
  const bare = text.toLowerCase().replace(ASCII.test(text) ? /[^a-z\d]+/g : /[^\p{L}\p{N}]+/gu, "");
  if (REPEATED.test(bare) || VALUES.has(bare) || /^0+$/.test(bare)) return true;
  if (PATTERN.test(bare) && bare.length <= UUID_LENGTH) return true;
  return bare.length >= COUNTING && (UPWARDS.includes(bare) || DOWNWARDS.includes(bare));
}

function isWord(text: string): boolean {
  const words = wordsIn(text);
  if (words.length > MOST_WORDS) return false;
  const saying = words.filter((word) => !FILLERS.has(word));
  if ((saying.length > 0 && saying.every((word) => WORDS.has(word))) || PHRASES.has(phraseOf(words))) return true;
  const [first, ...others] = words as [string, ...string[]];
  if (others.length === 0) return false;
  if (isLabelled(words)) return true;
  return isAll(others, first, [denials, denied]) || isAll(others, first, [telling, told]);
}

/** Whether a missing value ends what otherwise only says what it is the id of: an id that was put together of nothing. */
function isLabelled(words: readonly string[]): boolean {
  const labels = words.slice(0, -1);
  return missingIds.has(words.at(-1)!) && labels.every((w) => beforeIds.has(w) || FILLERS.has(w) || WORDS.has(w));
}

function isAll(others: readonly string[], first: string, [firsts, rest]: [ReadonlySet<string>, ReadonlySet<string>]) {
  return firsts.has(first) && others.every((word) => rest.has(word) || firsts.has(word) || WORDS.has(word));
}

/** The words without the number of an answer over HTTP: "500 Internal Server Error". */
function phraseOf(words: readonly string[]): string {
  return words.slice(/^[45]\d\d$/.test(words[0] ?? "") ? 1 : 0).join(" ");
}

const MOST_WORDS = 6;
/** Words that say nothing of their own: "guest account", "unknown user id", "nuevo cliente". */
const FILLERS = new Set([
  ...["id", "account", "konto", "compte", "cuenta", "conta", "value", "name"],
  ...["new", "neuer", "neue", "nouveau", "nouvelle", "nuevo", "nueva", "novo", "nova", "nuovo", "nieuwe", "ny"],
]);
