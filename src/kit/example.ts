/** A part of what is documented, with its fields' names and types checked. */
export type Example<Whole> = Whole extends readonly (infer Item)[]
  ? readonly Example<Item>[]
  : Whole extends object
    ? { readonly [Key in keyof Whole]?: Example<Whole[Key]> }
    : Whole;
