import { headerIn, hmacSha1, inHeader, isSame, type Proof } from "../proof.ts";

const HEADER = "signature";
const SAYS = "Sign with the company's signing key: the header Signature is the HMAC-SHA1 of the body, as base64.";

export const callrailProof: Proof = {
  says: SAYS,
  schemes: { callrailSignature: inHeader(HEADER, SAYS) },
  header: HEADER,
  check: ({ headers, body }, secret) => isSame(headerIn(headers, HEADER), hmacSha1(secret, body, "base64")),
};
