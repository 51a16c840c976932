/** What `plumbline agent --help` says. */
export const AGENT_HELP = `Usage: plumbline agent [options] [-- program arguments …]

Runs beside a program that knows nothing of Plumbline. It fetches the program's configuration, writes it where the
program reads it, watches what is really there, and reports that. It goes on while Plumbline is away, with the last
configuration it was given.

  plumbline agent --bundle assistant --out /etc/app/config.yaml
  plumbline agent --bundle assistant --out config.json --on-change hup -- ./app --config config.json
  plumbline agent --bundle assistant --env --env-prefix APP_ -- ./app

Where from
  --url URL             Plumbline's address; PLUMBLINE_URL, or http://localhost:3000
  --token-file FILE     A file with the token, read again for every request; else PLUMBLINE_TOKEN holds it.
                        Settings → Tokens makes one, with the role Runtime, for one system and environment
  --bundle NAME         The bundle's short name; not needed when the system has one bundle

Where to (at least one)
  --out FILE            A file, written as its name says: .json, .yaml or .yml
  --env-out FILE        A file of NAME="value" lines, as a shell or systemd reads it
  --env                 The environment of the program that the agent runs
  --env-prefix PREFIX   What the names of variables begin with: /sampling/top_p becomes PREFIXSAMPLING_TOP_P.
                        A variable with such a name in the agent's own environment wins over the configuration,
                        and is reported as an override; so give it with --out too if your program has such variables.
                        Without a prefix, names that steer what is run (PATH, LD_PRELOAD, …) are refused
  --mode MODE           Permissions of new files; 600

The program (after --)
  --exec                May be written before --; a program after -- is run with or without it
                        It has the agent's environment, without PLUMBLINE_TOKEN
  --on-change HOW       When a new configuration was written: restart (stop and start it; as a rule), hup (send it
                        SIGHUP), none (it reads its file itself)

Who reports
  --instance NAME       Tells instances apart; the host's name
  --fleet NAME          What instances have in common, for example the deployment's name
  --build ID            The build that runs; or --build-file FILE, which holds it
  --interval SECONDS    Between two reports, 5 to 3600; 30. After twice as long without one, it counts as silent

How
  --once                Write, report, say goodbye and end: before a batch job, or to try it out
  --transport HOW       stream (told of changes at once; polls while that does not work) or poll (asks every interval)
  --state FOLDER        What the agent remembers: the last good configuration, and what it wrote last.
                        Beside the file that it writes, unless given

Changes by hand
  The agent does not undo what somebody changes in its file. It reports it, and Plumbline shows it as drift. The file is
  written again in three cases only: Plumbline declares another configuration (a deployment, a hot-patch, its end);
  somebody restores the declared one in Plumbline, and the file is still as they saw it; or the file is not there when
  the agent starts. It says so each time. A file that cannot be read is reported as unreadable, and left alone.

Signals
  SIGTERM and SIGINT are passed on to the program; the agent ends when it has. SIGHUP is passed on, and the file is read
  again.

Exit codes
  0  done
  1  there was no configuration (--once), or a file could not be written
  2  the command was not understood
  With a program: the program's own, 128 and the signal's number when a signal ended it, 127 when it cannot be run.
`;
