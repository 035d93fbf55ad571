import { expect, test } from "vitest";
import { REDACTED_KINDS, redactAddress, redactSearch, redactText } from "../../src/facts/redacting/redact-text.ts";

const redacting = { kinds: new Set(REDACTED_KINDS), region: "SE" };

/** What numbers, addresses and words begin with, so that each place of a text might begin something. */
const BEGINNINGS = [
  ..."a1+@%",
  ...["a@b.", "a.", "+1-", "+4", "0 ", "(0", "1-", "1 ", "4 ", "4, ", "4111 ", "4111111111111111 ", "0701740601 "],
  ...["SE12 ", "SE12 AB ", "DE 12 ", "MT12 a b ", "QA12", "de89 a b c 1 ", "701101-1234 ", "ssn 123 45 6789 "],
  ...["1%20", "%25", "\uff11", "1\u200b", "0123456789abcdef", "1 and ", "1x", "MT12 a b c d "],
];
/** One that has all that is looked for is not passed over. */
const ENDING = " 1 2 3 4 5 6 7 8 a@b.se";

const LENGTH = 8_192;

test.each(BEGINNINGS)("twice as much of %j takes no more than some twice as long", (beginning) => {
  for (const redact of [redactText, redactSearch, redactAddress]) {
    const textOf = (length: number) => beginning.repeat(length / beginning.length) + ENDING;
    const [once, twice] = [textOf(LENGTH), textOf(LENGTH * 2)];

    const ratios = [];
    do ratios.push(processorTime(() => redact(twice, redacting)) / processorTime(() => redact(once, redacting)));
    while (ratios.at(-1)! > 2.5 && ratios.length < 6);

    expect(Math.min(...ratios)).toBeLessThanOrEqual(2.5);
  }
});

/** The least of three, so that neither compiling nor collecting counts; less than a millisecond is none. */
function processorTime(work: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user;
  });
  return Math.max(1_000, Math.min(...times));
}

test("telephone numbers beyond those that the library is asked about go without a look", () => {
  const search = Array.from({ length: 40 }, (_, n) => `07017406${10 + n}`).join("; ");

  const { found } = redactSearch(search, redacting);

  expect(found).toEqual(Array.from({ length: 40 }, () => "phone"));
});
