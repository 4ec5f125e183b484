// Commands of `tidewaiter lists` in files of their own: update and diff; pair and pairs.
#ifndef TIDEWAITER_CLI_LISTS_UPDATE_H_
#define TIDEWAITER_CLI_LISTS_UPDATE_H_

#include "cli/session.h"

namespace tidewaiter::cli {

void AddListsUpdate(CLI::App& lists, Session& session);
void AddListsPairs(CLI::App& lists, Session& session);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_LISTS_UPDATE_H_
