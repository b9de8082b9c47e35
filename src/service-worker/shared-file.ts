/** A photo or clip that another app shares with this one, as a form. */
import { SHARED_CACHE, SHARED_PARAMETER, SHARE_TARGET } from '../protocol/offline.js';
import { address } from './scope.js';

export function isShare(request: Request): boolean {
  return request.method === 'POST' && request.url === address(SHARE_TARGET);
}

/**
 * Puts the file where the page finds it, and sends the browser to the page.
 * Without a file the page simply opens.
 */
export async function receiveShare(request: Request): Promise<Response> {
  const form = await request.formData();
  const file = form.get('file');
  if (!(file instanceof File)) return Response.redirect(address(''), 303);
  const cache = await caches.open(SHARED_CACHE);
  const headers = {
    'Content-Type': file.type === '' ? 'application/octet-stream' : file.type,
    'X-File-Name': encodeURIComponent(file.name),
  };
  await cache.put(address(SHARE_TARGET), new Response(file, { headers }));
  return Response.redirect(address(`?${SHARED_PARAMETER}`), 303);
}
