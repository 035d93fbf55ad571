import { describe, expect, test } from "vitest";
import { maySource } from "../../src/facts/writer.ts";
import { boundsOf, isInside } from "../../src/keys/bounds.ts";

describe("sources", () => {
  test.each([
    [["ivr-eu"], "ivr-eu", true],
    [["ivr-eu"], "ivr-eu-2", false],
    [["ivr-eu"], "IVR-EU", false],
    [["desk-*"], "desk-7", true],
    [["desk-*"], "des", false],
    [["*"], "crm", true],
    [["crm", "desk-*"], "crm", true],
    [[], "", false],
  ])("%j means %s: %s", (patterns, source, means) => {
    expect(maySource(patterns, source)).toBe(means);
  });

  test("are any when none are named, and none for an agent", () => {
    expect(boundsOf({ role: "ivr" }).sources).toEqual(["*"]);
    expect(boundsOf({ role: "agent" }).sources).toEqual([]);
    expect(boundsOf({ role: "ivr", sources: [] }).sources).toEqual([]);
  });

  test.each(["*crm", "a*b", " ", "x".repeat(257)])("are no pattern: %j", (pattern) => {
    expect(() => boundsOf({ role: "ivr", sources: [pattern] })).toThrow("Name each source");
  });
});

test("a collector's key is of one source and of some pages, and no other key is of pages", () => {
  const origins = ["https://www.example.com"];

  expect(boundsOf({ role: "collector", sources: ["web"], origins }).origins).toEqual(origins);
  expect(() => boundsOf({ role: "collector", sources: ["web"] })).toThrow("origins");
  expect(() => boundsOf({ role: "collector", sources: ["web", "app"], origins })).toThrow("one source");
  expect(() => boundsOf({ role: "collector", sources: ["web*"], origins })).toThrow("one source");
  expect(() => boundsOf({ role: "collector", sources: ["web"], origins: ["https://www.example.com/"] })).toThrow(
    "path",
  );
  expect(() => boundsOf({ role: "ivr", origins })).toThrow("collector");
});

describe("networks", () => {
  test.each([
    [[], "203.0.113.9", true],
    [["10.20.0.0/16"], "10.20.255.1", true],
    [["10.20.0.0/16"], "10.21.0.1", false],
    [["10.20.0.0/16"], "::ffff:10.20.0.1", true],
    [["192.0.2.7"], "192.0.2.7", true],
    [["192.0.2.7"], "192.0.2.8", false],
    [["2001:db8::/48"], "2001:db8::1", true],
    [["2001:db8::/48"], "2001:db9::1", false],
    [["10.20.0.0/16"], "", false],
  ])("%j hold %s: %s", (networks, address, holds) => {
    expect(isInside(networks, address)).toBe(holds);
  });

  test.each(["10.20.0.0/33", "10.20.0.0/", "10.20", "10.20.0.0/8/8", "2001:db8::/129", "all"])(
    "are no network: %s",
    (network) => {
      expect(() => boundsOf({ role: "ivr", networks: [network] })).toThrow("CIDR");
    },
  );
});
