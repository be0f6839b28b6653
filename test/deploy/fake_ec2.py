"""Serves moto's EC2 on a free loopback port and prints the port.

It corrects moto in six ways. Stock moto_server speaks HTTP/1.0, which loses connections under load. Moto drops the descriptions
of rules whose far end is a group or a prefix list, and the new size and the name of a prefix list that changes, so that every
second plan would show them as changed. A rule that changes keeps its old far end, except if that is an IPv4 range. Moto does not know
groups of different accounts, and fails for protocols without ports, for which EC2 answers with the ports -1.

A line with a number on standard input delays every revocation by that many seconds from then on. The server ends with its
input, so it does not outlive the test that started it.
"""

import functools
import inspect
import io
import sys
import threading
import time

from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.vpcs import VPCs
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

delay = {"seconds": 0.0}


class KeepAliveHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_args):
        pass


def keep_descriptions():
    original = SecurityGroupRule.__init__
    signature = inspect.signature(original)

    def patched(self, *args, **kwargs):
        original(self, *args, **kwargs)
        given = signature.bind(self, *args, **kwargs).arguments
        for far_end in (self.source_group, given.get("prefix_list_id") or {}):
            if "Description" in far_end:
                self.ip_range = {**self.ip_range, "Description": far_end.pop("Description")}

    SecurityGroupRule.__init__ = patched


def accept_protocols_without_ports():
    original = SecurityGroupRule.__init__
    signature = inspect.signature(original)

    @functools.wraps(original)
    def patched(self, *args, **kwargs):
        given = signature.bind(self, *args, **kwargs)
        for name in ("from_port", "to_port"):
            if given.arguments.get(name) is None:
                given.arguments[name] = -1
        original(*given.args, **given.kwargs)

    SecurityGroupRule.__init__ = patched


def change_far_ends():
    original = SecurityGroupBackend.modify_security_group_rules

    def patched(self, group_id, rules):
        original(self, group_id, rules)
        group = self.get_security_group_by_name_or_id(group_id)
        for rule_id, new in rules.items():
            rule = group.get_rule(rule_id)
            if new.get("CidrIpv6") is not None:
                rule.ip_range["CidrIpv6"] = new["CidrIpv6"]
            if new.get("PrefixListId") is not None:
                rule.prefix_list_id = new["PrefixListId"]
            if new.get("ReferencedGroupId") is not None:
                rule.source_group = {**rule.source_group, "GroupId": new["ReferencedGroupId"]}

    SecurityGroupBackend.modify_security_group_rules = patched


def resize_prefix_lists():
    original = VPCs.modify_managed_prefix_list

    def patched(self):
        own = self.ec2_backend.managed_prefix_lists.get(self._get_param("PrefixListId"))
        name = own and own.prefix_list_name
        answer = original(self)
        prefix_list = answer.result["PrefixList"]
        if self._get_param("PrefixListName") is None:
            prefix_list.prefix_list_name = name
        max_entries = self._get_param("MaxEntries")
        if max_entries is not None:
            prefix_list.max_entries = int(max_entries)
        return answer

    VPCs.modify_managed_prefix_list = patched


def accept_groups_of_different_accounts():
    own = SecurityGroupBackend._add_source_group

    def patched(self, source_groups, vpc_id):
        foreign = [group for group in source_groups or [] if group.get("UserId", self.account_id) != self.account_id]
        for group in foreign:
            group["OwnerId"] = group["UserId"]
        known = [group for group in source_groups or [] if group not in foreign]
        return own(self, known, vpc_id) + foreign

    SecurityGroupBackend._add_source_group = patched


def slow_revocations(application):
    def middleware(environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        if b"Action=RevokeSecurityGroup" in body:
            time.sleep(delay["seconds"])
        return application(environ, start_response)

    return middleware


accept_protocols_without_ports()
keep_descriptions()
change_far_ends()
resize_prefix_lists()
accept_groups_of_different_accounts()
application = slow_revocations(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=KeepAliveHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
for line in sys.stdin:
    delay["seconds"] = float(line)
