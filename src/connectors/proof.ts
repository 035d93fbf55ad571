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

/** How a sender proves that it is the sender. */
export interface Proof {
  /** What the refused sender has to send. */
  readonly says: string;
  /** The same for OpenAPI: security schemes by name, any one of which will do. */
  readonly schemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The address is a part of what is signed, so that it has to be known. */
  readonly signsAddress?: boolean;
  readonly check: (request: SignedRequest, secret: string) => boolean;
}

/** Whether any of the secrets made the proof; all of them are tried, so that the time tells nothing. */
export function isAuthentic(proof: Proof, request: SignedRequest, secrets: readonly string[]): boolean {
  return secrets.map((secret) => proof.check(request, secret)).some(Boolean);
}

/** Of vendors that sign nothing: the secret itself, in one of three headers. */
export const SHARED_SECRET: Proof = {
  says: "Send the secret as the header X-Webhook-Secret, as a bearer token, or as the password of basic authentication.",
  schemes: {
    webhookSecret: { type: "apiKey", in: "header", name: "x-webhook-secret", description: "The secret itself." },
    webhookBearer: { type: "http", scheme: "bearer", description: "The secret as a bearer token." },
    webhookBasic: { type: "http", scheme: "basic", description: "The secret as the password; any name." },
  },
  check: ({ headers }, secret) => secretsIn(headers).some((sent) => isSame(sent, secret)),
};

function secretsIn(headers: IncomingHttpHeaders): string[] {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ");
  const password = Buffer.from(value, "base64").toString("utf8").split(":").slice(1).join(":");
  return [
    headerIn(headers, "x-webhook-secret"),
    scheme.toLowerCase() === "bearer" ? value : "",
    scheme.toLowerCase() === "basic" ? password : "",
  ].filter(Boolean);
}

/** How OpenAPI describes a proof that comes in one header. */
export function inHeader(name: string, description: string): Readonly<Record<string, string>> {
  return { type: "apiKey", in: "header", name, description };
}

export function hmacSha1(secret: string, signed: Buffer | string, encoding: "base64" | "hex"): string {
  return createHmac("sha1", secret).update(signed).digest(encoding);
}

/** The header, or nothing where it is missing or sent twice. */
export function headerIn(headers: IncomingHttpHeaders, name: string): string {
  const header = headers[name];
  return typeof header === "string" ? header : "";
}

/** In constant time, whatever their lengths. */
export function isSame(sent: string, expected: string): boolean {
  const [a, b] = [sent, expected].map((text) => createHash("sha256").update(text).digest());
  return sent !== "" && timingSafeEqual(a!, b!);
}
