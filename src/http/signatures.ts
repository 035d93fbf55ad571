import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a sender may have signed. */
export interface SignedRequest {
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Path and query, as they were asked for. */
  path: string;
  /** Where the world reaches this server: a vendor signs that address, not the one behind a proxy. */
  publicUrl: string | null;
}

/** How a dialect's sender proves that it is the sender. */
export interface Scheme {
  /** What to send, for whoever was refused. */
  says: string;
  check(request: SignedRequest, secret: string): boolean;
}

/** The scheme of a dialect: its vendor's signature where there is one, else the secret itself. */
export function schemeOf(dialect: string): Scheme {
  return SIGNED.get(dialect) ?? SHARED_SECRET;
}

/** Whether any of the secrets made the signature; all of them are tried, so that the time tells nothing. */
export function isAuthentic(scheme: Scheme, request: SignedRequest, secrets: readonly string[]): boolean {
  return secrets.map((secret) => scheme.check(request, secret)).some(Boolean);
}

const SHARED_SECRET: Scheme = {
  says: "Send the secret as the header X-Webhook-Secret, as a bearer token, or as the password of basic authentication.",
  check: ({ headers }, secret) => secretsIn(headers).some((sent) => isSame(sent, secret)),
};

const SIGNED: ReadonlyMap<string, Scheme> = new Map([
  [
    "twilio",
    {
      says: "Sign with the account's auth token: X-Twilio-Signature over C360_PUBLIC_URL, the path and the parameters.",
      check: isTwilios,
    },
  ],
  [
    "callrail",
    {
      says: "Sign with the company's signing key: the header Signature is the HMAC-SHA1 of the body, as base64.",
      check: ({ headers, body }, secret) => isSame(one(headers.signature), hmac(secret, body, "base64")),
    },
  ],
  [
    "segment",
    {
      says: "Sign with the destination's shared secret: X-Signature is the HMAC-SHA1 of the body, in hex.",
      check: ({ headers, body }, secret) => isSame(one(headers["x-signature"]), hmac(secret, body, "hex")),
    },
  ],
]);

/** Amazon's Firehose has a header of its own for what it was given as an access key. */
function secretsIn(headers: IncomingHttpHeaders): string[] {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ");
  const password = Buffer.from(value, "base64").toString("utf8").split(":").slice(1).join(":");
  return [
    one(headers["x-webhook-secret"]),
    one(headers["x-amz-firehose-access-key"]),
    scheme.toLowerCase() === "bearer" ? value : "",
    scheme.toLowerCase() === "basic" ? password : "",
  ].filter(Boolean);
}

const FORM = "application/x-www-form-urlencoded";

/** Of a form the parameters are signed with the address; of any other body the address holds its digest. */
function isTwilios({ headers, body, path, publicUrl }: SignedRequest, token: string): boolean {
  const isForm = headers["content-type"]?.startsWith(FORM) ?? false;
  if (!isForm && !isSame(digestIn(path), createHash("sha256").update(body).digest("hex"))) return false;
  const parameters = isForm ? parametersOf(body) : "";
  const signature = one(headers["x-twilio-signature"]);
  return addressesOf(publicUrl, path)
    .map((address) => isSame(signature, hmac(token, address + parameters, "base64")))
    .some(Boolean);
}

function digestIn(path: string): string {
  return new URLSearchParams(path.split("?")[1] ?? "").get("bodySHA256")?.toLowerCase() ?? "";
}

/** Names and values run together, sorted by name; a value that is repeated under one name counts once. */
function parametersOf(body: Buffer): string {
  const parameters = new URLSearchParams(body.toString("utf8"));
  const names = [...new Set(parameters.keys())].sort();
  return names.flatMap((name) => [...new Set(parameters.getAll(name))].sort().map((value) => name + value)).join("");
}

/** Twilio signs the address with or without the port that its scheme implies. */
function addressesOf(publicUrl: string | null, path: string): string[] {
  if (publicUrl === null) return [];
  const { protocol, hostname, port, pathname } = new URL(publicUrl);
  const rest = pathname.replace(/\/$/, "") + path;
  const ports = port ? [port] : ["", protocol === "https:" ? "443" : "80"];
  return ports.map((number) => `${protocol}//${hostname}${number && `:${number}`}${rest}`);
}

function hmac(secret: string, signed: Buffer | string, encoding: "base64" | "hex"): string {
  return createHmac("sha1", secret).update(signed).digest(encoding);
}

function one(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

/** In constant time, whatever their lengths. */
function isSame(sent: string, expected: string): boolean {
  const [a, b] = [sent, expected].map((text) => createHash("sha256").update(text).digest());
  return sent !== "" && timingSafeEqual(a!, b!);
}
