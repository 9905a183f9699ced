/**
 * Repeats `step` in so many places at once until it says false. After an error nothing more is begun; the first one is thrown when what was under way has
 * ended, so that nothing goes on behind the caller's back.
 */
export const repeatInParallel = async (places: number, step: () => Promise<boolean>): Promise<void> => {
  const errors: unknown[] = [];
  const work = async () => {
    try {
      for (let more = true; more && errors.length === 0; ) more = await step();
    } catch (error) {
      errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: places }, work));
  if (errors.length > 0) throw errors[0];
};
