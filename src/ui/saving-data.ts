/** Whether the person asked for little to be downloaded. Only some browsers tell; the others load ahead. */
export function isSavingData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
