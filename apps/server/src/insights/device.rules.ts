/** What a user agent says about the device: https://developer.mozilla.org/docs/Web/HTTP/Browser_detection_using_the_user_agent. */

export const DEVICES = ['mobile', 'desktop', 'tablet'] as const;
export type Device = (typeof DEVICES)[number];

/** Android without `Mobile` is a tablet; an iPad may call itself a Mac, which nothing in the header tells apart. */
const TABLET = /iPad|Tablet|PlayBook|Silk(?!.*Mobile)|Kindle|Android(?!.*Mobile)/i;
const MOBILE = /Mobi|iPhone|iPod|Windows Phone|BlackBerry|Opera Mini|webOS/i;
const DESKTOP = /Windows NT|Macintosh|X11|Linux|CrOS/i;

/** Undefined when it says nothing. */
export function deviceOf(userAgent: string | null): Device | undefined {
  if (userAgent === null) return undefined;
  if (TABLET.test(userAgent)) return 'tablet';
  if (MOBILE.test(userAgent)) return 'mobile';
  return DESKTOP.test(userAgent) ? 'desktop' : undefined;
}
