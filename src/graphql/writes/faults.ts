import { AppError, toUserError, type UserError } from "../../kit/errors.ts";

/** Answers an error of the caller as data: nothing was done, and why. */
export async function orFaults<Answer extends object, Nothing extends object>(
  work: () => Promise<Answer>,
  nothing: Nothing,
): Promise<(Answer | Nothing) & { userErrors: UserError[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothing, userErrors: [toUserError(error)] };
  }
}
