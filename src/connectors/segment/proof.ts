import { headerIn, hmacSha1, inHeader, isSame, type Proof } from "../proof.ts";

const HEADER = "x-signature";
const SAYS = "Sign with the destination's shared secret: X-Signature is the HMAC-SHA1 of the body, in hex.";

export const segmentProof: Proof = {
  says: SAYS,
  schemes: { segmentSignature: inHeader(HEADER, SAYS) },
  header: HEADER,
  check: ({ headers, body }, secret) => isSame(headerIn(headers, HEADER), hmacSha1(secret, body, "hex")),
};
