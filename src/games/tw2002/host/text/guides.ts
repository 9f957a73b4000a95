/** Short guides behind `!`, in our own words. */
import type { Paper } from "./paper.ts";

/** What the computer is good for. */
export const computerGuide = (paper: Paper) =>
  paper.put`
~YThe ship's computer

~g Finding the way ~m- ~CF~g plots a course between two sectors, ~CV~g marks one that
~g   courses go round, ~CX~g lists those. ~CI~g names a sector's warps, seen or not.
~g   ~CK~g tells how much of the galaxy you have explored.
~g Trading         ~m- ~CR~g reads the report of any port whose sector you have seen.
~g What there is   ~m- ~CC~g shows ships and ~CJ~g planets for those who want to own them.
~g What is yours   ~m- ~CY~g scans your planets, ~CZ~g your ships, ~C;~g the one you fly.
~g Others          ~m- ~CL~g and ~CH~g rank traders and aliens, ~CD~g reads the daily log,
~g   ~CM~g and ~CS~g read and send mail, ~CA~g announces something to all.
~g Your wishes     ~m- ~CN~g sets the display and messages, ~CO~g the ship's password,
~g   ~CU~g whether TransWarp is offered.
~g Weapons         ~m- ~CP~g fires a photon missile, ~CW~g a disruptor, ~CB~g ends your ship.\n`;
