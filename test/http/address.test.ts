import { expect, test } from "vitest";
import { addresses } from "../../src/http/address.ts";

test.each<[string[], string, string | undefined, string]>([
  [[], "203.0.113.9", "10.0.0.1", "203.0.113.9"],
  [["127.0.0.1"], "203.0.113.9", "10.0.0.1", "203.0.113.9"],
  [["127.0.0.1"], "127.0.0.1", undefined, "127.0.0.1"],
  [["127.0.0.1"], "127.0.0.1", "198.51.100.7", "198.51.100.7"],
  [["127.0.0.1"], "::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"],
  [["127.0.0.1"], "127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"],
  [["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "192.0.2.1, 198.51.100.7,10.1.2.3", "198.51.100.7"],
  [["127.0.0.1"], "127.0.0.1", "not an address", "not an address"],
])("with %j trusted, a request from %s for %s comes from %s", (trusted, remoteAddress, forwarded, address) => {
  const request = { headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress } };

  expect(addresses(trusted)(request as never)).toBe(address);
});
