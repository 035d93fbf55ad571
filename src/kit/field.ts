/** Options of a field that may be null. */
export const maybe = (description: string) => ({ nullable: true, description }) as const;

/** Options of a field that never is. */
export const sure = (description: string) => ({ description }) as const;
