import type { Fields } from "../field.ts";

/** The names of the fields that are computed where no sender states them. */
export type ComputedName<All extends Fields> = {
  [Name in keyof All]: All[Name] extends { computed: true } ? Name : never;
}[keyof All];

export function computedOf<All extends Fields>(fields: All): ComputedName<All>[] {
  return Object.keys(fields).filter((name): name is string & ComputedName<All> => fields[name]!.computed === true);
}
