import { Float, Field as GraphqlField, Int } from "type-graphql";
import { DateTime, JSONObject, PhoneNumber } from "../../kit/scalars.ts";
import { enumFor } from "../choices.type.ts";
import type { Field, Fields } from "../field.ts";
import { MoneyInput, MoneyType } from "../money.type.ts";
import { SignalInput } from "../signal.type.ts";
import { givenAs, shownAs } from "./describe.ts";

/** The class decorator of an object type that shows these fields, beside those that it declares itself. */
export function Shows(...sets: readonly Fields[]): ClassDecorator {
  return ({ prototype }) => {
    for (const field of sets.flatMap((fields) => Object.values(fields))) {
      const options = { description: shownAs(field), nullable: !field.required && field.type !== "list" };
      GraphqlField(typeOf(field, MoneyType), options)(prototype, field.name);
    }
  };
}

/** The class decorator of an input type that takes these fields, beside those that it declares itself. */
export function Takes(...sets: readonly Fields[]): ClassDecorator {
  return ({ prototype }) => {
    for (const field of sets.flatMap((fields) => Object.values(fields))) {
      if (field.given === false) continue;
      const options = { description: givenAs(field), nullable: !field.required };
      GraphqlField(typeOf(field, MoneyInput), options)(prototype, field.name);
    }
  };
}

/** The class decorator of an input type that filters by lists of these fields' values. */
export function FiltersBy(...sets: readonly Fields[]): ClassDecorator {
  return ({ prototype }) => {
    for (const field of sets.flatMap((fields) => Object.values(fields))) {
      if (!field.filter) continue;
      const single = typeOf(field, MoneyInput)();
      GraphqlField(() => [single] as never, { description: field.filter.says, nullable: true })(
        prototype,
        field.filter.name,
      );
    }
  };
}

function typeOf(field: Field, moneyType: typeof MoneyType | typeof MoneyInput) {
  switch (field.type) {
    case "text":
      return field.phone ? () => PhoneNumber : () => String;
    case "instant":
      return () => DateTime;
    case "seconds":
    case "int":
      return () => Int;
    case "number":
      return () => Float;
    case "bool":
      return () => Boolean;
    case "money":
      return () => moneyType;
    case "json":
      return () => JSONObject;
    case "choice":
      return () => enumFor(field.choices);
    case "signals":
      return () => [SignalInput];
    case "list":
      return () => [field.choices ? enumFor(field.choices) : String];
  }
}
