/** The home page. */
import { startDemo } from './demo.ts';
import { startPage } from './page.ts';

startPage();
startDemo();
