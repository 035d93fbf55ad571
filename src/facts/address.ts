/** An address of a telephone system, taken apart: `"Cora" <sip:+46…@host:5060;user=phone>;tag=1`. */
export interface CallerAddress {
  /** The number, or the word that stands for it; empty where there is none. */
  user: string;
  /** Where a number without a country code is to be read: `+44`, or the name of a network. */
  context: string | null;
  host: string | null;
  /** The name beside the address. */
  display: string | null;
  /** Whether the system was told not to show the caller. */
  privacy: boolean;
}

/** Names of the headers of SIP that hold an address. */
const HEADER =
  /^(?:from|to|f|t|contact|p-asserted-identity|p-preferred-identity|remote-party-id)\s*:\s*(?=["<]|sips?:|tel:)/i;
/** RFC 3261: a name, quoted or not, and an address in angle brackets. */
const NAME_ADDR = /^(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^<>]*)>(.*)$/s;
const SCHEME = /^(tel|sips?|whatsapp|callto|skype|phone):(?:\/\/)?/i;
/** Remote-Party-ID, where an exchange says what may be shown. */
const PRIVACY = /;\s*privacy\s*=\s*"?(?:full|uri|id|header|user|session|critical)\b/i;
const NUMBERS = /;\s*\+?\d[\d\s().-]{5,}$/;
/** The hosts under which WhatsApp writes a number with its country code and no plus. */
const WHATSAPP = /^(?:s\.whatsapp\.net|c\.us)$/;

/** What an address of RFC 3261 or RFC 3966 says, or a bare number or word. */
export function callerAddressIn(value: string): CallerAddress {
  const text = decoded(value.trim()).replace(HEADER, "");
  const [, quoted, plain, inside, after] = NAME_ADDR.exec(text) ?? [];
  const uri = (inside ?? text).trim();
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase() ?? null;
  const written = (scheme ? uri.replace(SCHEME, "") : uri).split("?", 1)[0]!;
  // A semicolon between two numbers begins no parameter.
  const [address, ...parameters] = (NUMBERS.test(written) ? [written] : written.split(";")) as [string];
  const { user, host } = divided(address, parameters);
  const isWhatsApp = scheme === "whatsapp" || WHATSAPP.test(host ?? "");
  return {
    user: isWhatsApp && /^\d/.test(user) ? `+${user}` : user,
    context: contextIn(parameters),
    host,
    display: (quoted ?? plain)?.trim() || null,
    privacy: PRIVACY.test(`${after ?? ""};${parameters.join(";")}`),
  };
}

/** A plus sign and an at sign that were written for an address of the web. */
function decoded(text: string): string {
  return text.replace(/%2b/gi, "+").replace(/%40/g, "@").replace(/%20/g, " ");
}

/** The user may carry parameters of its own, before the at sign, and a password. */
function divided(address: string, parameters: readonly string[]): { user: string; host: string | null } {
  const at = address.includes("@") ? address : (parameters.find((parameter) => parameter.includes("@")) ?? "");
  const host = at.includes("@") ? at.slice(at.lastIndexOf("@") + 1) : null;
  const user = address.split("@", 1)[0]!.split(":", 1)[0]!;
  return { user: user.trim(), host: host?.replace(/:\d+$/, "").toLowerCase() ?? hostAlone(address) };
}

/** `sip:anonymous.invalid` is a host without a user. */
function hostAlone(address: string): string | null {
  return /^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(address) ? address.toLowerCase() : null;
}

function contextIn(parameters: readonly string[]): string | null {
  const context = parameters
    .map((parameter) => /^\s*phone-context\s*=\s*"?([^"@]+)/i.exec(parameter)?.[1])
    .find(Boolean);
  return context?.trim() ?? null;
}
