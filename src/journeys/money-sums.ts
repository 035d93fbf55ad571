import type { MoneyType } from "../fields/money.type.ts";
import { byText } from "../kit/order.ts";
import type { Dictionaries } from "./dictionary.ts";
import { floatOf, quotientOf } from "./money.ts";
import { clearSums, noSums, placeAmong, placeInSums, type Sums } from "./sums.ts";

// Sums of money by key, exact in doubles: whole millions, what is below a million, and millionths are added apart.

const MILLION = 1_000_000;

export const noMoney = (): Sums => noSums(3);

/** Adds an amount; none where its units are NaN. */
export function addMoney(sums: Sums, key: number, { units, millionths }: { units: number; millionths: number }): void {
  if (Number.isNaN(units)) return;
  const place = placeAmong(sums, key) * sums.width;
  const { values } = sums.values;
  values[place]! += Math.trunc(units / MILLION);
  values[place + 1]! += units % MILLION;
  values[place + 2]! += millionths;
}

/** The sum of a key as a double; afterwards all are 0. */
export function takeMoney(sums: Sums, key: number): number {
  const place = placeInSums(sums, key);
  const [millions, units, millionths] = [0, 1, 2].map((part) => (place === -1 ? 0 : sums.values.values[place + part]!));
  clearSums(sums);
  return millions! * MILLION + floatOf(units!, millionths!);
}

/** Sums of each thing, in order of currency; a key is of a thing and of a currency, the number of a text. */
export function moneyOfEach(
  sums: Sums,
  partsOf: (key: number) => { of: number; currency: number },
  texts: Pick<Dictionaries["texts"], "of">,
): Map<number, MoneyType[]> {
  const money = new Map<number, MoneyType[]>();
  for (const { key, amount } of amountsOf(sums)) {
    const { of, currency } = partsOf(key);
    money.set(of, [...(money.get(of) ?? []), { amount, currency: texts.of(currency)! }]);
  }
  for (const list of money.values()) list.sort((a, b) => byText(a.currency, b.currency));
  return money;
}

/** Each key with its sum as a decimal. */
function amountsOf({ keys, values, width }: Sums): { key: number; amount: string }[] {
  return Array.from(keys.values.subarray(0, keys.length), (key, place) => {
    const [millions, units, millionths] = Array.from(
      values.values.subarray(place * width, (place + 1) * width),
      BigInt,
    );
    return { key, amount: quotientOf((millions! * 1_000_000n + units!) * 1_000_000n + millionths!, 1) };
  });
}
