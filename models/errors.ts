/** A model could not be compiled. The message says what to do next. */
export class ModelCompileError extends Error {
  override readonly name: string = 'ModelCompileError';
}

/** A package did not have the bytes that its pin promises. */
export class IntegrityError extends ModelCompileError {
  override readonly name = 'IntegrityError';
  /** Subresource-integrity strings, `sha512-<base64>`. */
  readonly expected: string;
  readonly found: string;

  constructor(message: string, expected: string, found: string) {
    super(message);
    this.expected = expected;
    this.found = found;
  }
}
