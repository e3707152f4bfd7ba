/** `npm run casino`. */
import { load } from './load.js';

await load('casino');
