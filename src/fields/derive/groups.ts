import type { Field, Fields } from "../field.ts";

/** The dimensions under which reports group by these fields. */
export type GroupName<All extends Fields> = {
  [Name in keyof All]: All[Name] extends { groups: infer Group extends string } ? Group : never;
}[keyof All];

/** The field of each dimension. */
export function groupsOf<All extends Fields>(fields: All): Readonly<Record<GroupName<All>, Field>> {
  const grouped = Object.values(fields).flatMap((field) => (field.groups ? [[field.groups, field]] : []));
  return Object.fromEntries(grouped);
}
