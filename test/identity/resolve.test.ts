import { describe, expect, test } from "vitest";
import { type Told, tell } from "./histories.ts";

/** "3 custid:1 email:a" is a record of minute 3 that carried these two. */
function records(...lines: string[]): Told[] {
  return lines.map((line) => {
    const [at, ...carried] = line.split(" ");
    return { at: Number(at), carried };
  });
}

const kinds = ({ conflicts }: ReturnType<typeof tell>) => conflicts.map(({ a, b, kind }) => `${kind} ${a} ${b}`);

describe("links", () => {
  test("join an anchor with the persons seen beside it, and the customer takes the anchor's id", () => {
    const { who, conflicts } = tell({ records: records("1 custid:1 login:a email:a", "2 login:a email:b") });

    expect([who("custid:1"), who("login:a"), who("email:a"), who("email:b")]).toEqual(Array(4).fill("custid:1"));
    expect(conflicts).toEqual([]);
  });

  test("never join two values of one anchor", () => {
    const story = tell({ records: records("1 custid:1 custid:2", "2 custid:1 email:a") });

    expect(story.who("custid:2")).toBe("custid:2");
    expect(kinds(story)).toEqual(["LIMIT custid:1 custid:2"]);
  });

  test("join the custids of two issuers under one global id, but not two of one issuer", () => {
    const story = tell({
      records: records("1 globalcustid:g custid@se:1", "2 globalcustid:g custid@no:1", "3 globalcustid:g custid@se:2"),
    });

    const customer = story.who("globalcustid:g");
    expect([story.who("custid@no:1"), story.who("custid@se:2")]).toEqual([customer, customer]);
    expect(story.who("custid@se:1")).toBe("custid@se:1");
    expect(kinds(story)).toEqual(["LIMIT globalcustid:g custid@se:1"]);
  });

  test("take the believed source before the newer one", () => {
    const story = tell({
      records: [
        { at: 1, carried: ["globalcustid:g", "custid:1"], source: "crm" },
        { at: 9, carried: ["globalcustid:g", "custid:2"] },
      ],
    });

    expect(story.who("globalcustid:g")).toBe(story.who("custid:1"));
    expect(kinds(story)).toEqual(["LIMIT globalcustid:g custid:2"]);
  });

  test("leave a disputed value where it was, where the namespace says oldest", () => {
    const disputed = records("1 custid:1 email:a", "2 custid:2 email:a");

    const newest = tell({ records: disputed, changes: { email: { limit: 1 } } });
    const oldest = tell({ records: disputed, changes: { email: { limit: 1, isOldest: true } } });

    expect(newest.who("email:a")).toBe("custid:2");
    expect(oldest.who("email:a")).toBe("custid:1");
    expect(kinds(oldest)).toEqual(["LIMIT custid:2 email:a"]);
  });

  test("stop at fifty persons", () => {
    const namespaces = ["email", "login", "loyaltyid"];
    const many = Array.from({ length: 60 }, (_, i) => ({ at: i, carried: ["custid:1", `${namespaces[i % 3]}:${i}`] }));

    const { who, conflicts } = tell({ records: many });

    expect(many.filter(({ carried }) => who(carried[1]!) === "custid:1")).toHaveLength(49);
    expect(conflicts.map(({ kind }) => kind)).toEqual(Array(11).fill("SIZE"));
    expect(who("email:0")).toBe("email:0");
  });
});

describe("a contested identity", () => {
  const family = records("2 custid:1 email:a", "4 custid:2 email:a", "6 custid:1 email:a", "4 crmid:9 email:b");

  test("joins nobody and is whoever's used it last", () => {
    const story = tell({ records: family });

    expect([1, 2, 3, 4, 5, 6, 7].map((at) => story.who("email:a", at).at(-1)).join("")).toBe("1112211");
    expect(story.who("custid:2")).toBe("custid:2");
    expect(kinds(story).sort()).toEqual(["CONTESTED custid:1 email:a", "CONTESTED custid:2 email:a"]);
  });

  test("lends its owner of the moment to a carrier seen with it", () => {
    const { who } = tell({ records: [...family, ...records("3 email:a cookie:x", "5 email:a cookie:y")] });

    expect([who("cookie:x"), who("cookie:y")]).toEqual(["custid:1", "custid:2"]);
  });

  test("belongs to the customer to whom a verdict gives it", () => {
    const { who } = tell({
      records: family,
      verdicts: [{ kind: "MUST", at: 9, left: ["custid:2", "email:a"] }],
    });

    expect(who("email:a", 7)).toBe("custid:2");
    expect(who("custid:1")).toBe("custid:1");
  });

  test("is contested no more where a verdict makes the anchors one", () => {
    const { who, conflicts } = tell({
      records: family,
      verdicts: [{ kind: "MUST", at: 9, left: ["custid:1", "custid:2"] }],
    });

    expect([who("email:a", 7), who("custid:2")]).toEqual(["custid:1", "custid:1"]);
    expect(conflicts).toEqual([]);
  });
});

describe("a carrier", () => {
  test("belongs to its one owner with all its history, and joins nobody", () => {
    const { who } = tell({ records: records("5 custid:1 phone:x", "7 email:a cookie:x", "8 custid:1 cookie:y") });

    expect(who("phone:x", -100)).toBe("custid:1");
    expect(who("cookie:x")).toBe("email:a");
    expect(who("email:a")).toBe("email:a");
  });

  test("of several owners is split by time, back to the first and forward to the next", () => {
    const { who } = tell({ records: records("3 custid:1 phone:x", "6 custid:2 phone:x", "8 custid:1 phone:x") });

    expect([0, 3, 5, 6, 7, 8, 99].map((at) => who("phone:x", at).at(-1)).join("")).toBe("1112211");
  });

  test("of several owners is nobody's where its namespace says ambiguous", () => {
    const { who } = tell({
      records: records("3 custid:1 phone:x", "6 custid:2 phone:x", "6 custid:2 phone:y"),
      changes: { phone: { isAmbiguous: true } },
    });

    expect([who("phone:x", 3), who("phone:x", 7), who("phone:y")]).toEqual(["phone:x", "phone:x", "custid:2"]);
  });

  test("seen with more than twenty persons is public: nobody's, and no company", () => {
    const callers = Array.from({ length: 21 }, (_, i) => ({ at: i, carried: [`custid:${i}`, "phone:x"] }));
    const alone = { at: 30, carried: ["phone:x", "cookie:x"] };

    expect(tell({ records: [...callers.slice(1), alone] }).who("phone:x", 20)).toBe("custid:20");
    const { who } = tell({ records: [...callers, alone] });
    expect([who("phone:x", 20), who("cookie:x", 20)]).toEqual(["phone:x", "cookie:x"]);
  });

  test("is given wholly by the newest verdict, unless a newer one forbids", () => {
    const shared = records("3 custid:1 phone:x", "6 custid:2 phone:x");
    const given = { kind: "MUST", at: 1, left: ["custid:1", "phone:x"] } as const;
    const denied = { kind: "NEVER", at: 2, left: ["phone:x"], right: ["custid:1"] } as const;

    expect(tell({ records: shared, verdicts: [given] }).who("phone:x", 9)).toBe("custid:1");
    expect(tell({ records: shared, verdicts: [given, denied] }).who("phone:x", 0)).toBe("custid:2");
    expect(tell({ records: shared, verdicts: [{ ...given, at: 3 }, denied] }).who("phone:x", 9)).toBe("custid:1");
  });
});

describe("ownerless carriers", () => {
  test("that were on one record are one anonymous customer", () => {
    const { who } = tell({ records: records("1 contact:x phone:x", "2 contact:x cookie:x") });

    expect([who("phone:x"), who("cookie:x")]).toEqual(["contact:x", "contact:x"]);
  });

  test("go with a contact to the caller whom the agent identifies", () => {
    const { who } = tell({
      records: records("1 custid:9 phone:x", "5 contact:x phone:x", "5 contact:x cookie:y", "6 custid:1 contact:x"),
    });

    expect([who("contact:x"), who("cookie:y"), who("phone:x")]).toEqual(["custid:1", "custid:1", "custid:9"]);
  });

  test("stay anonymous where their owned company disagrees", () => {
    const { who } = tell({
      records: records("1 custid:1 phone:x", "1 custid:2 phone:y", "5 cookie:x phone:x", "6 cookie:x phone:y"),
    });

    expect(who("cookie:x")).toBe("cookie:x");
  });

  test("follow the strongest in time where all their owned company is shared", () => {
    const { who } = tell({
      records: records(
        "1 custid:1 device:x",
        "4 custid:2 device:x",
        "2 custid:3 phone:x",
        "3 custid:1 phone:x",
        "9 cookie:x device:x",
        "9 cookie:x phone:x",
      ),
    });

    expect([who("cookie:x", 1), who("cookie:x", 5)]).toEqual(["custid:1", "custid:2"]);
  });

  test("are one group where a verdict of carriers alone says so, and go together once one is somebody's", () => {
    const together = { kind: "MUST", at: 1, left: ["cookie:x", "cookie:y"] } as const;

    expect(tell({ records: [], verdicts: [together] }).who("cookie:y")).toBe("cookie:x");
    const { who } = tell({ records: records("5 custid:1 cookie:y"), verdicts: [together] });
    expect([who("cookie:x"), who("cookie:y")]).toEqual(["custid:1", "custid:1"]);
  });

  test("are each alone in a group of more than fifty", () => {
    const many = Array.from({ length: 51 }, (_, i) => ({ at: i, carried: ["contact:x", `cookie:${i}`] }));

    expect(tell({ records: many.slice(2) }).who("cookie:7")).toBe("contact:x");
    expect(tell({ records: many }).who("cookie:7")).toBe("cookie:7");
  });
});

describe("verdicts", () => {
  const one = { kind: "MUST", at: 1, left: ["custid:1", "custid:2"] } as const;
  const two = { kind: "NEVER", at: 2, left: ["custid:1"], right: ["custid:2"] } as const;

  test("that contradict a newer one are overruled and listed", () => {
    const story = tell({ records: records("1 custid:1 email:a"), verdicts: [one, two] });

    expect(story.who("custid:2")).toBe("custid:2");
    expect(kinds(story)).toEqual(["OVERRULED custid:1 custid:2"]);
    expect(tell({ records: [], verdicts: [{ ...one, at: 3 }, two] }).who("custid:2")).toBe("custid:1");
  });

  test("split what evidence joined, and give it back when withdrawn", () => {
    const joined = records("1 custid:1 login:a", "2 login:a email:a");
    const split = { kind: "NEVER", at: 1, left: ["custid:1", "login:a"], right: ["email:a"] } as const;

    const story = tell({ records: joined, verdicts: [split] });

    expect(story.who("email:a")).toBe("email:a");
    expect(kinds(story)).toEqual(["NEVER login:a email:a"]);
    expect(tell({ records: joined }).who("email:a")).toBe("custid:1");
  });

  test("that join anchors count them as one value from then on", () => {
    const { who } = tell({
      records: records("3 custid:1 email:a", "4 custid:2 email:a", "5 crmid:1 custid:2"),
      verdicts: [one],
    });

    expect(["custid:1", "custid:2", "email:a"].map((id) => who(id))).toEqual(Array(3).fill("crmid:1"));
  });
});
