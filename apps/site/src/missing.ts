/** The page for addresses at which nothing stands. */
import { startPage } from './page.ts';

startPage();
