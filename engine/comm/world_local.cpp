#include "engine/comm/world.hpp"

namespace kohort {

std::unique_ptr<Communicator> make_world() { return std::make_unique<LocalCommunicator>(); }

}  // namespace kohort
