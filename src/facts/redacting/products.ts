/** How long the numbers of goods are: EAN-8, UPC, EAN-13 and ISBN, GTIN-14. */
const LENGTHS: readonly number[] = [8, 12, 13, 14];
/** What pages of goods have before the number, and its name in words. */
const SHELF =
  /(?:^|\/)(?:p|pd|dp|ean|gtin|upc|isbn|sku|barcode|items?|products?|produk(?:t|te|ter)|produits?|productos?|prodott[oi]|artikel|articles?)\/(?:[^/]*[-_])?$/i;
/** The longest name of goods that is looked at. */
const NAME = 120;

/** A number that goods may have: its check digit holds (GS1). */
export function mayBeProduct(digits: string): boolean {
  if (!LENGTHS.includes(digits.length)) return false;
  const sum = [...digits].reduceRight((all, digit, place) => {
    return all + Number(digit) * ((digits.length - place) % 2 === 0 ? 3 : 1);
  }, 0);
  return sum % 10 === 0;
}

/** The number at this place of an address is where pages of goods have theirs. */
export function isShelved(text: string, at: number): boolean {
  return SHELF.test(text.slice(Math.max(0, at - NAME), at));
}
