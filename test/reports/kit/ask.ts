/** An input as a client would send it: what is left out has its default. */
export function ask<Input extends object>(type: new () => Input, given: Partial<Input>): Input {
  return Object.assign(new type(), given);
}
