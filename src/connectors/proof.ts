import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The parts of a request that a vendor may sign. */
export interface SignedRequest {
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Path and query, as the request has them. */
  path: string;
  /** The public address of this server: a vendor signs that one, not the address behind a proxy. */
  publicUrl: string | null;
}

/** How a sender proves who it is. */
export interface Proof {
  /** What a sender without a valid proof is told to send. */
  readonly says: string;
  /** The security schemes of OpenAPI, by name; a request needs one of them. */
  readonly schemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the vendor signs the address too; then C360_PUBLIC_URL must be set. */
  readonly signsAddress?: boolean;
  /** The header of the signature, where the body is signed; without one the headers alone are the proof. */
  readonly header?: string;
  readonly check: (request: SignedRequest, secret: string) => boolean;
}

/** Whether one of the secrets made the proof. All are tried, so that the time of the answer reveals none. */
export function isAuthentic(proof: Proof, request: SignedRequest, secrets: readonly string[]): boolean {
  return secrets.map((secret) => proof.check(request, secret)).some(Boolean);
}

/** Whether the headers could belong to a proof: what is asked before a body is read. */
export function mayBeAuthentic(proof: Proof, headers: IncomingHttpHeaders, secrets: readonly string[]): boolean {
  if (proof.header) return headerIn(headers, proof.header) !== "";
  return isAuthentic(proof, { headers, body: Buffer.alloc(0), path: "", publicUrl: null }, secrets);
}

/** The proof of vendors that sign nothing: the secret itself, in one of three headers. */
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

/** The OpenAPI security scheme of a proof in one header. */
export function inHeader(name: string, description: string): Readonly<Record<string, string>> {
  return { type: "apiKey", in: "header", name, description };
}

export function hmacSha1(secret: string, signed: Buffer | string, encoding: "base64" | "hex"): string {
  return createHmac("sha1", secret).update(signed).digest(encoding);
}

/** The header's value; empty when the header is missing or was sent twice. */
export function headerIn(headers: IncomingHttpHeaders, name: string): string {
  const header = headers[name];
  return typeof header === "string" ? header : "";
}

/** Compares in constant time, whatever the lengths. */
export function isSame(sent: string, expected: string): boolean {
  const [a, b] = [sent, expected].map((text) => createHash("sha256").update(text).digest());
  return sent !== "" && timingSafeEqual(a!, b!);
}
