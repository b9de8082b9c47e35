/** Whether the person has allowed the camera before, so that opening it asks nothing. */
export async function isCameraGranted(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state === 'granted';
  } catch {
    // Some browsers do not know this permission; then a tap asks for it.
    return false;
  }
}
