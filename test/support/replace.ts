/**
 * Gives an object another property for the time of a call, as in a browser
 * that lacks something or has it fail. `undefined` stands for "not there".
 */
export async function replacing<T extends object, Key extends keyof T>(
  target: T,
  key: Key,
  value: T[Key] | undefined,
  run: () => Promise<void> | void,
): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(target, key);
  Reflect.deleteProperty(target, key);
  // What is inherited is still there: it has to be covered.
  if (value !== undefined || key in target) {
    Object.defineProperty(target, key, { value, configurable: true, writable: true });
  }
  try {
    await run();
  } finally {
    Reflect.deleteProperty(target, key);
    if (own !== undefined) Object.defineProperty(target, key, own);
  }
}
